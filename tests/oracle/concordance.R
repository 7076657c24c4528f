#!/usr/bin/env Rscript
# Writes metrics_concordance_r.txt beside itself: censored times with ties in time and in risk, and what
# R's survival::concordance says of them: the index, and the variance by the infinitesimal jackknife. The
# format is that of metrics.py. R has no value without a comparable pair (NaN).
#
# Run: Rscript concordance.R     (R 4.2.2, survival 3.5-3; the header of the table has the versions)
suppressMessages(library(survival))
set.seed(20261122, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
out <- file(file.path(here, "metrics_concordance_r.txt"), "w")
shown <- function(x) paste(sprintf("%.17g", x), collapse = " ")
line <- function(...) cat(..., "\n", sep = "", file = out)
line("# concordance.R: ", R.version.string, ", survival ", as.character(packageVersion("survival")))

case <- function(name, time, event, risk, weight = NULL) {
  line("case ", name)
  line("time ", shown(time))
  line("event ", shown(event))
  line("risk ", shown(risk))
  if (!is.null(weight)) line("weight ", shown(weight))
  if (is.null(weight)) weight <- rep(1, length(time))
  fit <- concordance(Surv(time, event) ~ risk, weights = weight, reverse = TRUE)
  if (is.nan(fit$concordance)) {
    line("concordance undefined zero denominator")
  } else {
    line("concordance ", shown(fit$concordance))
    line("variance ", shown(fit$var))
  }
}

case("all censored", c(1, 2, 3), c(0, 0, 0), c(1, 2, 3))
case("all events at once", c(2, 2, 2), c(1, 1, 1), c(1, 2, 3))
case("an event and a censoring at once", c(2, 2), c(1, 0), c(1, 2))
case("equal risks", c(1, 2, 3, 4), c(1, 0, 1, 1), c(1, 1, 1, 1))
case("all right", c(1, 2, 3, 4), c(1, 1, 1, 1), c(4, 3, 2, 1))
for (i in 1:340) {
  n <- sample(2:30, 1)
  coarse <- sample(c(2, 5, 1000), 1)  # how many different times and risks: the fewer, the more ties
  time <- ceiling(coarse * runif(n))
  event <- rbinom(n, 1, sample(c(0.2, 0.6, 1), 1))
  risk <- round(coarse * (runif(n) - 0.6 * time / coarse))
  weight <- if (i %% 3 == 0) round(0.25 + 3 * runif(n), 2) else NULL
  case(paste("random", i), time, event, risk, weight)
}
close(out)
