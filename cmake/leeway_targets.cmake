# Warnings and sanitizers for leeway's own targets; never imposed on a parent project or a consumer.
# (The warnings are set for the whole directory, so that headers compiled alone have them too.)

set(leeway_warnings -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -Wcast-align -Woverloaded-virtual)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees impossible overlaps inside std::string's operator+ when it optimises (GCC bug 105651).
  list(APPEND leeway_warnings -Wno-restrict)
  if(LEEWAY_WARNINGS_AS_ERRORS)
    # Flow analyses that GCC 12 gets wrong inside inlined standard containers: shown, but not fatal.
    # Debug, clang and the headers alone keep every warning an error.
    list(APPEND leeway_warnings -Wno-error=maybe-uninitialized -Wno-error=array-bounds
      -Wno-error=stringop-overflow -Wno-error=stringop-overread -Wno-error=free-nonheap-object)
  endif()
endif()
# Of the compilers that the gate runs: a warning that a newer one invents must not keep a stranger
# from building.
string(REGEX MATCH "^[0-9]+" leeway_compiler "${CMAKE_CXX_COMPILER_VERSION}")
set(leeway_compiler "${CMAKE_CXX_COMPILER_ID} ${leeway_compiler}")
if(LEEWAY_WARNINGS_AS_ERRORS AND leeway_compiler MATCHES "^(GNU 12|Clang 14|Clang 19)$")
  list(APPEND leeway_warnings -Werror)
endif()

function(leeway_developer_options target)
  if(NOT PROJECT_IS_TOP_LEVEL)
    return()
  endif()
  # Checked element access and iterators of libstdc++; it does not change any layout.
  target_compile_definitions(${target} PRIVATE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
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
  find_package(Threads REQUIRED)
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE leeway_leeway Threads::Threads ${arg_LIBRARIES})
  leeway_developer_options(${target})
endfunction()

# A build without a type would be unoptimised: rarely what is wanted of a library that counts.
function(leeway_default_build_type type)
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(NOT CMAKE_BUILD_TYPE AND NOT multi_config)
    set(CMAKE_BUILD_TYPE ${type} CACHE STRING "Build type" FORCE)
  endif()
endfunction()

function(leeway_compiler_cache)
  if(NOT LEEWAY_CCACHE OR CMAKE_CXX_COMPILER_LAUNCHER)
    return()
  endif()
  find_program(LEEWAY_CCACHE_PROGRAM ccache)
  mark_as_advanced(LEEWAY_CCACHE_PROGRAM)
  if(LEEWAY_CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${LEEWAY_CCACHE_PROGRAM} PARENT_SCOPE)
  endif()
endfunction()
