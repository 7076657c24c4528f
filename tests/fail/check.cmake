# Compiles one twin of a case. The bad twin (LEEWAY_BAD_TWIN defined) must be refused with a message
# that matches the case's expression, so that it cannot pass by failing for another reason; the good
# twin must compile. A case is a source file with the lines
#
#   // expect: <regular expression that g++'s and clang's message both match>
#   // bad flags: <flags for the bad twin>      (optional)
file(STRINGS ${CASE} lines REGEX "^// (expect|bad flags): ")
set(expected "")
set(flags "")
foreach(line IN LISTS lines)
  if(line MATCHES "^// expect: (.*)$")
    set(expected "${CMAKE_MATCH_1}")
  elseif(line MATCHES "^// bad flags: (.*)$" AND TWIN STREQUAL bad)
    separate_arguments(flags UNIX_COMMAND "${CMAKE_MATCH_1}")
  endif()
endforeach()
if(expected STREQUAL "")
  message(FATAL_ERROR "${CASE} has no '// expect: ' line")
endif()

set(ENV{LC_ALL} C)  # plain quotes and English in the messages
set(command ${COMPILER} -std=c++20 -fsyntax-only -Wall -Wextra -Werror=unused-result)
foreach(directory IN LISTS INCLUDES)
  list(APPEND command -isystem ${directory})
endforeach()
if(TWIN STREQUAL bad)
  list(APPEND command -DLEEWAY_BAD_TWIN)
endif()
execute_process(COMMAND ${command} ${flags} ${CASE}
  RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)

if(TWIN STREQUAL good)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "the good twin does not compile:\n${output}")
  endif()
elseif(status EQUAL 0)
  message(FATAL_ERROR "the bad twin compiles")
elseif(NOT output MATCHES "${expected}")
  message(FATAL_ERROR "the bad twin fails, but not with '${expected}':\n${output}")
endif()
