# What every consumer project does once it has leeway::core and leeway::leeway, whatever they are
# called there: leeway_consumers(<core target> <compiled target>).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_EXTENSIONS OFF)

function(leeway_consumers core compiled)
  # As a user with strict warnings would: nothing of leeway's may show.
  add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)

  add_executable(consumer_core ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/core.cpp)
  target_link_libraries(consumer_core PRIVATE ${core})

  add_executable(consumer_compiled ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/compiled.cpp)
  target_link_libraries(consumer_compiled PRIVATE ${compiled})

  enable_testing()
  foreach(consumer IN ITEMS consumer_core consumer_compiled)
    add_test(NAME ${consumer} COMMAND ${consumer})
  endforeach()
endfunction()

# How leeway was found changes nothing here, so one project is enough.
function(leeway_consumer_without_exceptions core)
  add_executable(consumer_core_no_exceptions ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/core.cpp)
  target_link_libraries(consumer_core_no_exceptions PRIVATE ${core})
  target_compile_options(consumer_core_no_exceptions PRIVATE -O2 -fno-exceptions)
  add_test(NAME consumer_core_no_exceptions COMMAND consumer_core_no_exceptions)
endfunction()
