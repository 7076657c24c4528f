# Sets leeway_headers and leeway_opt_in_headers: the public headers, as paths from the project's root
# (or from ROOT, in script mode).
#
# An opt-in header needs something that leeway itself does not, such as a test framework: leeway.hpp
# leaves it out, and it is not compiled alone. Everything that matches this expression is one.
set(leeway_opt_in "^include/leeway/testing/")

if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB_RECURSE leeway_headers RELATIVE ${ROOT} ${ROOT}/include/leeway/*.hpp)
else()
  file(GLOB_RECURSE leeway_headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
    include/leeway/*.hpp)
endif()
list(SORT leeway_headers)
set(leeway_opt_in_headers ${leeway_headers})
list(FILTER leeway_opt_in_headers INCLUDE REGEX ${leeway_opt_in})
list(FILTER leeway_headers EXCLUDE REGEX ${leeway_opt_in})
