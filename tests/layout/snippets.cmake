# Every C++ block of README.md and docs/ is compiled; those with an int main are run as tests too.
# snippets.awk says what a block may look like.
find_program(LEEWAY_AWK awk REQUIRED)
file(GLOB documents CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/docs/*.md)

# Written anew at each configuration, and copied only where they differ, so that an edited sentence
# recompiles nothing but its own page.
set(fresh ${CMAKE_CURRENT_BINARY_DIR}/snippets.new)
set(kept ${CMAKE_CURRENT_BINARY_DIR}/snippets)
file(REMOVE_RECURSE ${fresh})
file(MAKE_DIRECTORY ${fresh} ${kept})
foreach(document IN LISTS documents)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${document})
  get_filename_component(name ${document} NAME_WE)
  execute_process(COMMAND ${LEEWAY_AWK} -v name=${name} -v out=.
    -f ${CMAKE_CURRENT_LIST_DIR}/snippets.awk ${document}
    WORKING_DIRECTORY ${fresh} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/snippets.awk)

file(GLOB_RECURSE old RELATIVE ${kept} ${kept}/*)
file(GLOB_RECURSE new RELATIVE ${fresh} ${fresh}/*)
foreach(file IN LISTS old)
  if(NOT file IN_LIST new)
    file(REMOVE ${kept}/${file})
  endif()
endforeach()
foreach(file IN LISTS new)
  get_filename_component(folder ${kept}/${file} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  file(COPY_FILE ${fresh}/${file} ${kept}/${file} ONLY_IF_DIFFERENT)
endforeach()

function(leeway_add_snippets target)
  leeway_add_executable(${target} SOURCES ${ARGN} LIBRARIES Catch2::Catch2WithMain)
  target_include_directories(${target} PRIVATE ${kept} ${kept}/files/include
    ${PROJECT_SOURCE_DIR}/tests)
  # A block shows a call; what becomes of its value is the reader's business.
  target_compile_options(${target} PRIVATE -Wno-unused -Wno-unused-result -Wno-shadow)
  # Nearly all of a page's time is leeway.hpp: read once for all pages.
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
endfunction()

set(pages ${new})
list(FILTER pages INCLUDE REGEX "^[^/]*\\.cpp$")
list(FILTER pages EXCLUDE REGEX "\\.main\\.cpp$")
list(TRANSFORM pages PREPEND ${kept}/)
if(pages)
  leeway_add_snippets(doc_snippets ${pages})
  add_test(NAME "docs: test cases in the snippets" COMMAND doc_snippets)
  set_tests_properties("docs: test cases in the snippets" PROPERTIES LABELS docs)
endif()

set(programs ${new})
list(FILTER programs INCLUDE REGEX "\\.main\\.cpp$")
foreach(program IN LISTS programs)
  string(REPLACE ".main.cpp" "" name ${program})
  leeway_add_executable(snippet_${name} SOURCES ${kept}/${program})
  add_test(NAME "docs: ${name}" COMMAND snippet_${name})
  set_tests_properties("docs: ${name}" PROPERTIES LABELS docs)
endforeach()
