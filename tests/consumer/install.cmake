# Installs to one place and moves the result to another: a path that was written down would break.
file(REMOVE_RECURSE ${PREFIX} ${PREFIX}.staged)
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}.staged
  --config ${CONFIG} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
file(RENAME ${PREFIX}.staged ${PREFIX})

file(GLOB_RECURSE files ${PREFIX}/*.cmake ${PREFIX}/*.pc)
if(NOT files)
  message(FATAL_ERROR "no package files were installed under ${PREFIX}")
endif()
foreach(file IN LISTS files)
  file(READ ${file} text)
  if(text MATCHES "staged" OR text MATCHES "${BUILD}/")
    message(FATAL_ERROR "${file} has a path of the machine that built it:\n${text}")
  endif()
endforeach()
