// Catch2 2.13 (Debian 12) and 3 (newer systems) behind one include.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

// How a figure is shown: in every file of a test alike, or the linker would choose one of two ways.
#include "leeway/testing/catch2.hpp"
