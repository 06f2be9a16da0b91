# SPDX-License-Identifier: 0BSD
# find_package(aw): the library aw::aw, the compiler in AW_AWAITC, and
#
#     awaitc_target_sources(TARGET a.aw b.aw ... [FRAMES c.aw d.aw ...])
#
# adds what awaitc makes of these files to TARGET, with the target's include
# folders, definitions and C standard, and links aw::aw. Of the files behind
# FRAMES headers are written too: other files embed the frames of c.aw when
# they `#include "c.aw.h"`. Among themselves these are made in the order given.
# A changed header of a .aw file makes it be translated again. With
# CMAKE_EXPORT_COMPILE_COMMANDS the .aw files are in compile_commands.json, as
# C that begins with aw_editor.h: clangd needs nothing else.
get_filename_component(AW_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(AW_AWAITC "${AW_PREFIX}/bin/awaitc")

if(NOT TARGET aw::aw)
    add_library(aw::aw STATIC IMPORTED)
    set_target_properties(aw::aw PROPERTIES
        IMPORTED_LOCATION "${AW_PREFIX}/lib/libaw.a"
        INTERFACE_INCLUDE_DIRECTORIES "${AW_PREFIX}/include")
endif()

cmake_policy(PUSH)
cmake_policy(VERSION 3.20)

# The command that translates one file; its outputs are appended to the list
# called made_name; with `frames` it has a header, appended to headers_name.
function(_awaitc_one target source frames made_name headers_name)
    get_filename_component(input "${source}" ABSOLUTE)
    get_filename_component(name "${source}" NAME)
    get_filename_component(base "${source}" NAME_WLE)
    set(dir "${CMAKE_CURRENT_BINARY_DIR}/${target}.awaitc")
    set(output "${dir}/${base}.c")
    set(outputs "${output}")
    set(header)
    if(frames)
        set(header -H "${dir}/${name}.h")
        list(APPEND outputs "${dir}/${name}.h")
    endif()
    set(include "$<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>")
    set(define "$<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>")
    set(std "$<TARGET_PROPERTY:${target},C_STANDARD>")
    string(TOUPPER "${CMAKE_BUILD_TYPE}" config)
    set(cc "${CMAKE_C_COMPILER} ${CMAKE_C_FLAGS} ${CMAKE_C_FLAGS_${config}}")
    file(MAKE_DIRECTORY "${dir}")
    add_custom_command(
        OUTPUT ${outputs}
        COMMAND "${AW_AWAITC}" "--cc=${cc}"
            "$<$<BOOL:${std}>:-std=gnu${std}>"
            "$<$<BOOL:${include}>:-I$<JOIN:${include},;-I>>"
            "$<$<BOOL:${define}>:-D$<JOIN:${define},;-D>>"
            -MD -MP -MF "${output}.d" ${header}
            -o "${output}" "${input}"
        DEPENDS "${input}" "${AW_AWAITC}" ${${headers_name}}
        DEPFILE "${output}.d"
        COMMENT "Translating ${source}"
        COMMAND_EXPAND_LISTS VERBATIM)
    set(${made_name} ${${made_name}} ${outputs} PARENT_SCOPE)
    if(frames)
        set(${headers_name} ${${headers_name}} "${dir}/${name}.h" PARENT_SCOPE)
    endif()
endfunction()

# The .aw files as C for editors: a library that nobody builds.
function(_awaitc_for_editors target)
    set(editors "${target}_awaitc_editors")
    set_source_files_properties(${ARGN} PROPERTIES LANGUAGE C)
    if(TARGET ${editors})
        target_sources(${editors} PRIVATE ${ARGN})
        return()
    endif()
    add_library(${editors} OBJECT EXCLUDE_FROM_ALL ${ARGN})
    target_compile_options(${editors} PRIVATE
        "SHELL:-x c" "SHELL:-include aw_editor.h")
    target_include_directories(${editors} PRIVATE
        "$<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>")
    target_compile_definitions(${editors} PRIVATE
        "$<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>")
endfunction()

function(awaitc_target_sources target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" FRAMES)
    set(made)
    set(headers)
    foreach(source IN LISTS arg_FRAMES)
        _awaitc_one(${target} ${source} TRUE made headers)
    endforeach()
    foreach(source IN LISTS arg_UNPARSED_ARGUMENTS)
        _awaitc_one(${target} ${source} FALSE made headers)
    endforeach()
    target_sources(${target} PRIVATE ${made})
    # The #include "..." of a translated header begin at the .aw file.
    target_include_directories(${target} PRIVATE
        "${CMAKE_CURRENT_BINARY_DIR}/${target}.awaitc"
        "${CMAKE_CURRENT_SOURCE_DIR}")
    target_link_libraries(${target} PRIVATE aw::aw)
    if(CMAKE_EXPORT_COMPILE_COMMANDS)
        _awaitc_for_editors(${target}
            ${arg_FRAMES} ${arg_UNPARSED_ARGUMENTS})
    endif()
endfunction()

cmake_policy(POP)
