# Warnings and sanitizers for leeway's own targets; never imposed on a parent project or a consumer.

function(leeway_developer_options target)
  if(NOT PROJECT_IS_TOP_LEVEL)
    return()
  endif()
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Wold-style-cast -Wcast-align -Woverloaded-virtual)
  if(LEEWAY_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(LEEWAY_SANITIZE)
    list(JOIN LEEWAY_SANITIZE "," sanitizers)
    target_compile_options(${target} PRIVATE -fsanitize=${sanitizers} -fno-omit-frame-pointer
      -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${sanitizers})
  endif()
endfunction()

# leeway_add_executable(name SOURCES a.cpp ... [LIBRARIES x ...]): links leeway::leeway.
function(leeway_add_executable target)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE leeway_leeway ${arg_LIBRARIES})
  leeway_developer_options(${target})
endfunction()
