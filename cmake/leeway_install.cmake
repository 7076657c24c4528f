# Installed: headers, library, executable; the CMake package (two export sets, so that a user of
# leeway::core alone needs Eigen and nothing else); pkg-config files that find themselves.
include(CMakePackageConfigHelpers)

set(leeway_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/leeway)
set(leeway_pc_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(TARGETS leeway_core EXPORT leeway-core-targets FILE_SET HEADERS FILE_SET opt_in)
install(EXPORT leeway-core-targets NAMESPACE leeway:: DESTINATION ${leeway_cmake_dir})

if(LEEWAY_BUILD_LIBRARY)
  install(TARGETS leeway_leeway EXPORT leeway-targets)
  install(EXPORT leeway-targets NAMESPACE leeway:: DESTINATION ${leeway_cmake_dir})
  if(LEEWAY_BUILD_CLI AND TARGET leeway_cli)
    install(TARGETS leeway_cli)
  endif()
endif()

# Whoever links the static library links fmt too.
set(leeway_links_fmt OFF)
if(TARGET leeway_leeway)
  get_target_property(leeway_type leeway_leeway TYPE)
  if(leeway_type STREQUAL STATIC_LIBRARY)
    set(leeway_links_fmt ON)
  endif()
endif()

configure_package_config_file(cmake/leeway-config.cmake.in ${PROJECT_BINARY_DIR}/leeway-config.cmake
  INSTALL_DESTINATION ${leeway_cmake_dir} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may break what was written against the last one.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/leeway-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/leeway-config.cmake
  ${PROJECT_BINARY_DIR}/leeway-config-version.cmake DESTINATION ${leeway_cmake_dir})

# ${pcfiledir} is where the file lies when it is read, so the installed tree may be moved, and
# `cmake --install --prefix` may differ from the prefix of the configuration.
file(RELATIVE_PATH leeway_pc_to_prefix ${CMAKE_INSTALL_PREFIX}/${leeway_pc_dir}
  ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" leeway_pc_to_prefix ${leeway_pc_to_prefix})
if(leeway_links_fmt)
  set(leeway_pc_requires "leeway-core, fmt")
  set(leeway_pc_requires_private "")
else()
  set(leeway_pc_requires leeway-core)
  set(leeway_pc_requires_private fmt)
endif()
set(leeway_pc_files leeway-core)
if(LEEWAY_BUILD_LIBRARY)
  list(APPEND leeway_pc_files leeway)
endif()
foreach(name IN LISTS leeway_pc_files)
  configure_file(cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${leeway_pc_dir})
endforeach()
