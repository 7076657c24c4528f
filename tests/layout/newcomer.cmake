# Follows docs/how_to_add.md in a copy of the tree: PAGE holds the files that the page shows. With the
# header alone the layout tests must complain of the missing test and row; with all three, and
# leeway.hpp written by the script that ./dev format runs, they must pass, and the build files, which
# nobody touched, must compile the header alone and the test with its folder.
function(copy_tree)
  file(REMOVE_RECURSE ${COPY})
  foreach(name IN ITEMS CMakeLists.txt CMakePresets.json README.md CHANGELOG.md dev cmake docs
      include src tests examples benchmarks)
    if(EXISTS ${ROOT}/${name})
      file(COPY ${ROOT}/${name} DESTINATION ${COPY} PATTERN data EXCLUDE)
    endif()
  endforeach()
endfunction()

function(check_layout result output)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LEEWAY_LAYOUT_ROOT=${COPY} ${CHECKER}
    RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  set(${result} ${status} PARENT_SCOPE)
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

file(GLOB header RELATIVE ${PAGE} ${PAGE}/include/leeway/metrics/*.hpp)
file(GLOB test RELATIVE ${PAGE} ${PAGE}/tests/metrics/*.cpp)
get_filename_component(stem "${header}" NAME_WE)
if(NOT header STREQUAL "include/leeway/metrics/${stem}.hpp"
    OR NOT test STREQUAL "tests/metrics/${stem}.cpp" OR NOT EXISTS ${PAGE}/docs/catalogue.row)
  message(FATAL_ERROR "docs/how_to_add.md must show one header, its test and its catalogue row, "
    "found '${header}' and '${test}'")
endif()
if(EXISTS ${ROOT}/${header})
  message(FATAL_ERROR "${header} exists: docs/how_to_add.md needs an example that does not")
endif()

copy_tree()
file(COPY ${PAGE}/${header} DESTINATION ${COPY}/include/leeway/metrics)
check_layout(status output)
if(status EQUAL 0 OR NOT output MATCHES "there is no tests/metrics/${stem}\\.cpp"
    OR NOT output MATCHES "has no row '\\| `${stem}`")
  message(FATAL_ERROR "a header without test and row was not refused:\n${output}")
endif()

file(COPY ${PAGE}/${test} DESTINATION ${COPY}/tests/metrics)
file(READ ${PAGE}/docs/catalogue.row row)
file(READ ${COPY}/docs/catalogue.md catalogue)
string(REGEX REPLACE "(### Decisions\n\n[^\n]*\n[^\n]*\n)" "\\1${row}" catalogue "${catalogue}")
file(WRITE ${COPY}/docs/catalogue.md "${catalogue}")
execute_process(COMMAND ${CMAKE_COMMAND} -P ${COPY}/cmake/leeway_umbrella.cmake
  COMMAND_ERROR_IS_FATAL ANY)
check_layout(status output)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "with header, test and row the layout tests fail:\n${output}")
endif()

set(build ${COPY}/build)
execute_process(COMMAND ${CMAKE_COMMAND} -S ${COPY} -B ${build} -G Ninja -DCMAKE_BUILD_TYPE=None
  -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
  -DLEEWAY_BUILD_EXAMPLES=OFF -DLEEWAY_BUILD_CLI=OFF -DLEEWAY_WARNINGS_AS_ERRORS=ON
  COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
set(verify leeway_core_verify_interface_header_sets)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${build} --target
  tests/CMakeFiles/test_metrics.dir/metrics/${stem}.cpp.o
  CMakeFiles/${verify}.dir/${verify}/leeway/metrics/${stem}.hpp.cxx.o
  COMMAND_ERROR_IS_FATAL ANY)
