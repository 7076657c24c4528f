#!/usr/bin/env Rscript
# Writes metrics_delong_r.txt beside itself: rows scored by two models, and what R's pROC says of them:
# each area with DeLong's variance and interval, and the paired test of the two. No interval and variance
# where a class has one row (NA in R) or the variance is 0, where R warns that it misleads. The format is
# that of metrics.py.
#
# Run: Rscript delong.R     (R 4.2.2, pROC 1.18.0; the header of the table has the versions)
suppressMessages(library(pROC))
set.seed(20261122, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
out <- file(file.path(here, "metrics_delong_r.txt"), "w")
shown <- function(x) paste(sprintf("%.17g", x), collapse = " ")
line <- function(...) cat(..., "\n", sep = "", file = out)
line("# delong.R: ", R.version.string, ", pROC ", as.character(packageVersion("pROC")))

case <- function(name, label, first, second) {
  line("case ", name)
  line("label ", shown(label))
  line("first ", shown(first))
  line("second ", shown(second))
  if (length(unique(label)) < 2) {  # pROC stops: no control, or no case, observation
    for (key in c("first_area", "second_area", "difference")) line(key, " undefined one class")
    return(invisible())
  }
  curves <- lapply(list(first, second), function(score)
    roc(label, score, direction = "<", levels = c(0, 1), quiet = TRUE))
  areas <- sapply(curves, function(curve) as.numeric(auc(curve)))
  line("first_area ", shown(areas[1]))
  line("second_area ", shown(areas[2]))
  line("difference ", shown(areas[1] - areas[2]))
  if (min(table(label)) < 2) return(invisible())
  for (i in 1:2) {
    key <- c("first", "second")[i]
    variance <- suppressWarnings(var(curves[[i]], method = "delong"))
    line(key, "_variance ", shown(variance))
    if (variance > 1e-15)
      line(key, "_interval ", shown(as.numeric(ci.auc(curves[[i]], method = "delong"))[c(1, 3)]))
  }
  covariance <- cov(curves[[1]], curves[[2]], method = "delong")
  both <- suppressWarnings(var(curves[[1]], method = "delong") +
                           var(curves[[2]], method = "delong") - 2 * covariance)
  line("variance ", shown(both))
  if (both > 1e-15) {
    test <- suppressWarnings(
      roc.test(curves[[1]], curves[[2]], method = "delong", paired = TRUE))
    line("z ", shown(test$statistic))
    line("p_value ", shown(test$p.value))
  }
}

case("one class", c(1, 1), c(0.25, 0.5), c(0.5, 0.25))
case("one of each", c(0, 1), c(0.25, 0.5), c(0.5, 0.25))
case("one constant", c(0, 1, 0, 1), c(1, 2, 3, 4), c(1, 1, 1, 1))
case("the same scores", c(0, 1, 0, 1), c(1, 2, 3, 4), c(1, 2, 3, 4))
case("both apart", c(0, 0, 1, 1), c(1, 2, 3, 4), c(1, 2, 8, 9))
for (i in 1:340) {
  n <- sample(2:30, 1)
  label <- rbinom(n, 1, sample(c(0.1, 0.5), 1))
  steps <- sample(c(2, 5, 1000), 1)  # the fewer, the more ties
  common <- rnorm(n) + label
  first <- round(steps * plogis(common + 0.5 * rnorm(n)))
  second <- round(steps * plogis(common - 0.5 * label + 0.5 * rnorm(n)))
  case(paste("random", i), label, first, second)
}
close(out)
