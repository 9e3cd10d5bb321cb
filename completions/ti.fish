# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_ti_global_optspecs
    string join \n format= json ndjson csv raw o/output= fields= color= lang= q/quiet v/verbose demo profile= config= timeout= connect-timeout= retries= proxy= cacert= h/help V/version
end

function __fish_ti_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_ti_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_ti_using_subcommand
    set -l cmd (__fish_ti_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c ti -n "__fish_ti_needs_command" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_needs_command" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_needs_command" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_needs_command" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_needs_command" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_needs_command" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_needs_command" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_needs_command" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_needs_command" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_needs_command" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_needs_command" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_needs_command" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_needs_command" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_needs_command" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_needs_command" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_needs_command" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_needs_command" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_needs_command" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_needs_command" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_needs_command" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_needs_command" -s V -l version -d 'Print version'
complete -c ti -n "__fish_ti_needs_command" -f -a "kti" -d 'Kingsoft Cloud threat intelligence (KTI): addresses and domains'
complete -c ti -n "__fish_ti_needs_command" -f -a "config" -d 'Make the configuration, show it, and find out what is wrong'
complete -c ti -n "__fish_ti_needs_command" -f -a "sandbox" -d 'Serve sample data on loopback ports and print a profile for it'
complete -c ti -n "__fish_ti_needs_command" -f -a "completions" -d 'Print the completion script for a shell'
complete -c ti -n "__fish_ti_needs_command" -f -a "man" -d 'Print the manual page, or write all pages'
complete -c ti -n "__fish_ti_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -f -a "search" -d 'Look indicators up: IPv4 addresses, domains, or the hosts of URLs'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -f -a "types" -d 'List the threat types and tag types in English and Chinese (offline)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search types help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s i -l input -d 'Read indicators from FILE, one a line; `#` begins a comment, `-` is stdin' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from help" -f -a "search" -d 'Look indicators up: IPv4 addresses, domains, or the hosts of URLs'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from help" -f -a "types" -d 'List the threat types and tag types in English and Chinese (offline)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -f -a "init" -d 'Make the configuration: asks for what each provider needs, keeps what is there'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -f -a "check" -d 'Go the whole way to an answer step by step, and say what to do next'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -f -a "set" -d 'Change one setting in the file; a secret comes from stdin or is asked for'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -f -a "unset" -d 'Take one setting out of the file'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -f -a "show" -d 'Show every setting, secrets redacted, and where it comes from'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -f -a "path" -d 'Print the path of the configuration file'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from init check set unset show path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l set -d 'Take this value, as kti.access_key=AKLT…; a secret only as { env = … } and the like' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l non-interactive -d 'Ask nothing: values come from --set and from TI_* variables'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l no-lookup -d 'Leave out the login where it would cost a lookup (it never costs more than one)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "init" -d 'Make the configuration: asks for what each provider needs, keeps what is there'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Go the whole way to an answer step by step, and say what to do next'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change one setting in the file; a secret comes from stdin or is asked for'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "unset" -d 'Take one setting out of the file'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show every setting, secrets redacted, and where it comes from'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the path of the configuration file'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l port -d 'Listen on this port and those after it, one a provider [default: any free ones]' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l fail -d 'Fail first: a status, reset, cut or html, and how often (503:2); can repeat' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l latency -d 'Wait before each answer' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l quota -d 'Lookups that the account has left' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand sandbox" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand completions" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand completions" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand completions" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand completions" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand completions" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand completions" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand completions" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand completions" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand completions" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand completions" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand completions" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand completions" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand completions" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand completions" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand completions" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand completions" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand completions" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand completions" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand completions" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand completions" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand man" -l format -d 'Choose the format [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c ti -n "__fish_ti_using_subcommand man" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand man" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand man" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand man" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand man" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand man" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand man" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand man" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand man" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand man" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand man" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand man" -l json -d 'One JSON array'
complete -c ti -n "__fish_ti_using_subcommand man" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand man" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand man" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand man" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand man" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand man" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand man" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti config sandbox completions man help" -f -a "kti" -d 'Kingsoft Cloud threat intelligence (KTI): addresses and domains'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti config sandbox completions man help" -f -a "config" -d 'Make the configuration, show it, and find out what is wrong'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti config sandbox completions man help" -f -a "sandbox" -d 'Serve sample data on loopback ports and print a profile for it'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti config sandbox completions man help" -f -a "completions" -d 'Print the completion script for a shell'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti config sandbox completions man help" -f -a "man" -d 'Print the manual page, or write all pages'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti config sandbox completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from kti" -f -a "search" -d 'Look indicators up: IPv4 addresses, domains, or the hosts of URLs'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from kti" -f -a "types" -d 'List the threat types and tag types in English and Chinese (offline)'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "init" -d 'Make the configuration: asks for what each provider needs, keeps what is there'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Go the whole way to an answer step by step, and say what to do next'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "set" -d 'Change one setting in the file; a secret comes from stdin or is asked for'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "unset" -d 'Take one setting out of the file'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Show every setting, secrets redacted, and where it comes from'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the path of the configuration file'
