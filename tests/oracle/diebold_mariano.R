#!/usr/bin/env Rscript
# Writes metrics_diebold_mariano_r.txt beside itself: the errors of two forecasts, and what R's
# forecast::dm.test says of them for several horizons and powers of the loss. Where the plain sum of
# covariances is not positive, R proceeds as for horizon 1 and advises Bartlett's weights: the table then
# has those ("bartlett 1"). R has no statistic of equal losses. The format is that of metrics.py.
#
# Run: Rscript diebold_mariano.R     (R 4.2.2, forecast 8.20; the header of the table has the versions)
suppressMessages(library(forecast))
set.seed(20261122, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
out <- file(file.path(here, "metrics_diebold_mariano_r.txt"), "w")
shown <- function(x) paste(sprintf("%.17g", x), collapse = " ")
line <- function(...) cat(..., "\n", sep = "", file = out)
line("# diebold_mariano.R: ", R.version.string, ", forecast ",
     as.character(packageVersion("forecast")))

case <- function(name, first, second, h, power) {
  d <- abs(first)^power - abs(second)^power
  c <- acf(d, lag.max = h - 1, type = "covariance", plot = FALSE)$acf[, , 1]
  plain <- sum(c(c[1], 2 * c[-1]))
  # Where the sum is 0 but for rounding, the sign that decides is that of the rounding.
  if (c[1] > 0 && abs(plain) < 1e-9 * c[1]) return(FALSE)
  line("case ", name)
  line("horizon ", h)
  line("power ", power)
  line("first ", shown(first))
  line("second ", shown(second))
  if (c[1] == 0) {
    line("statistic undefined zero denominator")
    return(TRUE)
  }
  damped <- plain <= 0
  test <- dm.test(first, second, h = h, power = power,
                  varestimator = if (damped) "bartlett" else "acf")
  line("statistic ", shown(test$statistic))
  line("p_value ", shown(test$p.value))
  line("bartlett ", as.integer(damped))
  TRUE
}

case("equal errors", c(1, 2, 3), c(1, -2, 3), 1, 2)
case("losses that differ by a constant", c(2, 3, 4), c(1, 2, 3), 1, 1)
made <- 0
while (made < 340) {
  h <- sample(c(1, 1, 2, 3, 6), 1)
  n <- h + sample(2:25, 1)
  noise <- rnorm(n + h)
  common <- sapply(1:n, function(t) sum(noise[t:(t + h - 1)]))
  digits <- sample(c(0, 2), 1)  # whole errors have many ties
  first <- round(common + rnorm(n), digits)
  second <- round(common * runif(1, 0.8, 1.2) + rnorm(n), digits)
  if (case(paste("random", made + 1), first, second, h, sample(c(1, 2, 3), 1))) made <- made + 1
}
close(out)
