# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_ti_global_optspecs
    string join \n format= json ndjson csv raw chart o/output= fields= color= lang= q/quiet v/verbose demo large profile= config= timeout= connect-timeout= retries= proxy= cacert= h/help V/version
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

complete -c ti -n "__fish_ti_needs_command" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
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
complete -c ti -n "__fish_ti_needs_command" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_needs_command" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_needs_command" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_needs_command" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_needs_command" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_needs_command" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_needs_command" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_needs_command" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_needs_command" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_needs_command" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_needs_command" -s V -l version -d 'Print version'
complete -c ti -n "__fish_ti_needs_command" -f -a "kti" -d 'Kingsoft Cloud threat intelligence (KTI): addresses and domains'
complete -c ti -n "__fish_ti_needs_command" -f -a "kaspersky" -d 'Kaspersky Threat Intelligence Portal: reports, Master IOC, Master YARA'
complete -c ti -n "__fish_ti_needs_command" -f -a "brcti" -d 'br-cti: indicators by place and type, attacks and traffic over time'
complete -c ti -n "__fish_ti_needs_command" -f -a "config" -d 'Where settings come from and what they are'
complete -c ti -n "__fish_ti_needs_command" -f -a "cache" -d 'Answers kept from earlier lookups: what there is, emptying it'
complete -c ti -n "__fish_ti_needs_command" -f -a "sandbox" -d 'Serve sample data on loopback ports and print a profile for it'
complete -c ti -n "__fish_ti_needs_command" -f -a "completions" -d 'Print the completion script for a shell'
complete -c ti -n "__fish_ti_needs_command" -f -a "man" -d 'Print the manual page, or write all pages'
complete -c ti -n "__fish_ti_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -f -a "search" -d 'Look indicators up: IPv4 addresses, domains, or the hosts of URLs'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -f -a "enrich" -d 'Add what is known of one column or field to each row of a file'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -f -a "types" -d 'List the threat types and tag types in English and Chinese (offline)'
complete -c ti -n "__fish_ti_using_subcommand kti; and not __fish_seen_subcommand_from search enrich types help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s i -l input -d 'Read indicators from FILE, one a line; `#` begins a comment, `-` is stdin' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s j -l jobs -d 'Ask for up to N at a time' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l rate -d 'Ask for at most N a second (10, 10/s, 300/m)' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l reserve -d 'Stop before LeftCount goes below N' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l max-lookups -d 'Ask for N at most; what the cache knows does not count' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l fail-on -d 'Exit with 10 if anything is of this level or worse' -r -f -a "malicious\t''
suspicious\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l max-age -d 'Take an answer from the cache if it is no older (30m, 12h, 7d) [default: 1h]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l resume -d 'Append to FILE (.ndjson, .csv) what an earlier run did not answer in it' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l only -d 'Show these alone, by level or status' -r -f -a "found\t''
malicious\t''
suspicious\t''
info\t''
benign\t''
none\t''
not_found\t''
invalid\t''
error\t''
skipped\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
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
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l fail-fast -d 'Stop at the first input that cannot be answered'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l fresh -d 'Ask again, whatever the cache knows'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l offline -d 'Ask nobody: answer from the cache, however old without --max-age'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l unordered -d 'Answer as the answers come, not in the order of the inputs'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l column -d 'The column of a CSV that has the indicators, by its header' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l field -d 'The field of each line of an NDJSON that has the indicator, like .src.ip' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -s j -l jobs -d 'Ask for up to N at a time' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l rate -d 'Ask for at most N a second (10, 10/s, 300/m)' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l reserve -d 'Stop before LeftCount goes below N' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l max-lookups -d 'Ask for N at most; what the cache knows does not count' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l fail-on -d 'Exit with 10 if anything is of this level or worse' -r -f -a "malicious\t''
suspicious\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l max-age -d 'Take an answer from the cache if it is no older (30m, 12h, 7d) [default: 1h]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l fail-fast -d 'Stop at the first input that cannot be answered'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l fresh -d 'Ask again, whatever the cache knows'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l offline -d 'Ask nobody: answer from the cache, however old without --max-age'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from enrich" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
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
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from types" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from help" -f -a "search" -d 'Look indicators up: IPv4 addresses, domains, or the hosts of URLs'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from help" -f -a "enrich" -d 'Add what is known of one column or field to each row of a file'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from help" -f -a "types" -d 'List the threat types and tag types in English and Chinese (offline)'
complete -c ti -n "__fish_ti_using_subcommand kti; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -f -a "list" -d 'List reports, newest first'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -f -a "get" -d 'Show a report and its indicators, and save its parts'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -f -a "ioc" -d 'Fetch the Master IOC: the indicators of all reports'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -f -a "yara" -d 'Fetch the Master YARA: the rules of all reports'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and not __fish_seen_subcommand_from list get ioc yara help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l since -d 'From this time on: a day (2026-01-31, UTC), a time (2026-01-31T08:00Z) or a span (7d, 12h)' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l until -d 'Up to this time, the whole of a day' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l by -d 'The date that the window and the order are about' -r -f -a "published\t''
updated\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l group -d 'Only reports of this group (apt, fin); can repeat, as can the filters below' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l tag -d 'Only reports with this tag, whole words in any case' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l actor -d 'Only reports about this actor' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l industry -d 'Only reports about this industry' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l geo -d 'Only reports about this country or region' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l limit -d 'The newest N' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l include -d 'Parts to ask for; can repeat, or list several [default: iocs, with --save all]' -r -f -a "iocs\t'The indicators, as OpenIOC'
yara\t'The YARA rules'
execsum\t'The executive summary'
pdf\t'The report itself'
all\t'All of these'"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l save -d 'Save the parts in this folder, each under the report\'s name' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l inline -d 'Put the parts themselves into the JSON, in base64'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l type -d 'Only indicators of this type; can repeat, or list several: ip,domain' -r -f -a "md5\t''
sha1\t''
sha256\t''
ip\t''
domain\t''
url\t''
other\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l since -d 'Only indicators detected since: a day (2026-01-31) or a span (7d)' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l grep -d 'Only rows with this text in the indicator or the title, in any case' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l group -d 'The reports that the file is made of' -r -f -a "all\t''
apt\t'Reports on advanced persistent threats'
fin\t'Reports on financially motivated threats (crimeware)'"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l max-size -d 'Largest file to accept, unpacked: 500MiB, 8GiB [default: 4GiB]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l max-shrink -d 'Refuse a file that is smaller than the old one by more than this' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l keep -d 'Keep N older files: FILE.1, the newest, to FILE.N' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l fail-unchanged -d 'Exit with 11 when the file is the same as before'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l sha256 -d 'Write FILE.sha256, for sha256sum -c'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from ioc" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l group -d 'The reports that the file is made of' -r -f -a "all\t''
apt\t'Reports on advanced persistent threats'
fin\t'Reports on financially motivated threats (crimeware)'"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l max-size -d 'Largest file to accept, unpacked: 500MiB, 8GiB [default: 4GiB]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l max-shrink -d 'Refuse a file that is smaller than the old one by more than this' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l keep -d 'Keep N older files: FILE.1, the newest, to FILE.N' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l fail-unchanged -d 'Exit with 11 when the file is the same as before'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l sha256 -d 'Write FILE.sha256, for sha256sum -c'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from yara" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from help" -f -a "list" -d 'List reports, newest first'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show a report and its indicators, and save its parts'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from help" -f -a "ioc" -d 'Fetch the Master IOC: the indicators of all reports'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from help" -f -a "yara" -d 'Fetch the Master YARA: the rules of all reports'
complete -c ti -n "__fish_ti_using_subcommand kaspersky; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -f -a "geo" -d 'Show where indicators are: countries and their regions'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -f -a "types" -d 'Show of what type indicators are'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -f -a "attacks" -d 'Show attacks of each type over time; with --iocs, who attacked'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -f -a "traffic" -d 'Show traffic of each type; with --series, over time'
complete -c ti -n "__fish_ti_using_subcommand brcti; and not __fish_seen_subcommand_from geo types attacks traffic help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l depth -d 'Show countries alone, or their regions too [default: region]' -r -f -a "country\t''
region\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l top -d 'Show the N countries with the most indicators; shares stay those of all' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from geo" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from types" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l since -d 'Leave out what is before TIME: 2025-01-31, 2025-01, "2025-01-31 14:00", or 7d ago' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l until -d 'Leave out what is after TIME; a day or month counts whole' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l by -d 'Add up each hour, day or month' -r -f -a "hour\t''
day\t''
month\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l iocs -d 'List the indicators of attacks instead'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from attacks" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l since -d 'Leave out what is before TIME: 2025-01-31, 2025-01, "2025-01-31 14:00", or 7d ago' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l until -d 'Leave out what is after TIME; a day or month counts whole' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l by -d 'Add up each hour, day or month' -r -f -a "hour\t''
day\t''
month\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l series -d 'Show it over time instead'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from traffic" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from help" -f -a "geo" -d 'Show where indicators are: countries and their regions'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from help" -f -a "types" -d 'Show of what type indicators are'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from help" -f -a "attacks" -d 'Show attacks of each type over time; with --iocs, who attacked'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from help" -f -a "traffic" -d 'Show traffic of each type; with --series, over time'
complete -c ti -n "__fish_ti_using_subcommand brcti; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -f -a "path" -d 'Print the path of the configuration file'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -f -a "show" -d 'Show every setting, secrets redacted, and where it comes from'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -f -a "check" -d 'Check that settings, secrets and certificate can be used; nothing is sent'
complete -c ti -n "__fish_ti_using_subcommand config; and not __fish_seen_subcommand_from path show check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
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
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
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
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
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
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the path of the configuration file'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show every setting, secrets redacted, and where it comes from'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check that settings, secrets and certificate can be used; nothing is sent'
complete -c ti -n "__fish_ti_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -f -a "info" -d 'Show how many answers are kept, from where and since when'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -f -a "clear" -d 'Take every answer out'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -f -a "path" -d 'Print the path of the database (SQLite)'
complete -c ti -n "__fish_ti_using_subcommand cache; and not __fish_seen_subcommand_from info clear path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -s o -l output -d 'Write to FILE, which changes only when the answer is complete; `-` is stdout' -r -F
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l fields -d 'Choose fields and their order; without a value, list them' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l color -d 'Colour the output' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l lang -d 'Language of titles and of the names of threats in tables' -r -f -a "en\t''
zh\t''"
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l profile -d 'Use this profile of the configuration file' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l config -d 'Read this configuration file' -r -F
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l timeout -d 'Time for one request, answer included [default: 30s]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l connect-timeout -d 'Time to connect [default: 10s]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l retries -d 'Further tries after a passing failure [default: 4]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l proxy -d 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l cacert -d 'Trust the certificate authorities in this PEM file besides the system\'s' -r
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "info" -d 'Show how many answers are kept, from where and since when'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "clear" -d 'Take every answer out'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the path of the database (SQLite)'
complete -c ti -n "__fish_ti_using_subcommand cache; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l port -d 'Listen on this port and those after it, one a provider [default: any free ones]' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l fail -d 'Fail first: a status, reset, cut, slow, html, base64 or gzip (damaged content), and how often (503:2); can repeat' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l latency -d 'Wait before each answer' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l quota -d 'Lookups that the account has left' -r
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
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
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand sandbox" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand completions" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
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
complete -c ti -n "__fish_ti_using_subcommand completions" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand completions" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand completions" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand completions" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand completions" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand completions" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand completions" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand completions" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand completions" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand completions" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand man" -l format -d 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''
chart\t''
svg\t''
png\t''
html\t''"
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
complete -c ti -n "__fish_ti_using_subcommand man" -l json -d 'JSON: an array, or one object where the answer is one'
complete -c ti -n "__fish_ti_using_subcommand man" -l ndjson -d 'A JSON object a line, each as soon as it is known'
complete -c ti -n "__fish_ti_using_subcommand man" -l csv -d 'CSV with a header (RFC 4180)'
complete -c ti -n "__fish_ti_using_subcommand man" -l raw -d 'The service\'s own answer, byte for byte'
complete -c ti -n "__fish_ti_using_subcommand man" -l chart -d 'Draw it in the terminal, where the answer has numbers to compare (brcti)'
complete -c ti -n "__fish_ti_using_subcommand man" -s q -l quiet -d 'Say nothing beside the data but errors'
complete -c ti -n "__fish_ti_using_subcommand man" -s v -l verbose -d 'Show requests on stderr; -vv shows headers and bodies too (never secrets)'
complete -c ti -n "__fish_ti_using_subcommand man" -l demo -d 'Answer from sample data of a built-in server; needs no account'
complete -c ti -n "__fish_ti_using_subcommand man" -l large -d 'With --demo and sandbox: more sample data, where there is more (brcti)'
complete -c ti -n "__fish_ti_using_subcommand man" -s h -l help -d 'Print help'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti kaspersky brcti config cache sandbox completions man help" -f -a "kti" -d 'Kingsoft Cloud threat intelligence (KTI): addresses and domains'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti kaspersky brcti config cache sandbox completions man help" -f -a "kaspersky" -d 'Kaspersky Threat Intelligence Portal: reports, Master IOC, Master YARA'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti kaspersky brcti config cache sandbox completions man help" -f -a "brcti" -d 'br-cti: indicators by place and type, attacks and traffic over time'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti kaspersky brcti config cache sandbox completions man help" -f -a "config" -d 'Where settings come from and what they are'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti kaspersky brcti config cache sandbox completions man help" -f -a "cache" -d 'Answers kept from earlier lookups: what there is, emptying it'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti kaspersky brcti config cache sandbox completions man help" -f -a "sandbox" -d 'Serve sample data on loopback ports and print a profile for it'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti kaspersky brcti config cache sandbox completions man help" -f -a "completions" -d 'Print the completion script for a shell'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti kaspersky brcti config cache sandbox completions man help" -f -a "man" -d 'Print the manual page, or write all pages'
complete -c ti -n "__fish_ti_using_subcommand help; and not __fish_seen_subcommand_from kti kaspersky brcti config cache sandbox completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from kti" -f -a "search" -d 'Look indicators up: IPv4 addresses, domains, or the hosts of URLs'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from kti" -f -a "enrich" -d 'Add what is known of one column or field to each row of a file'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from kti" -f -a "types" -d 'List the threat types and tag types in English and Chinese (offline)'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from kaspersky" -f -a "list" -d 'List reports, newest first'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from kaspersky" -f -a "get" -d 'Show a report and its indicators, and save its parts'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from kaspersky" -f -a "ioc" -d 'Fetch the Master IOC: the indicators of all reports'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from kaspersky" -f -a "yara" -d 'Fetch the Master YARA: the rules of all reports'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from brcti" -f -a "geo" -d 'Show where indicators are: countries and their regions'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from brcti" -f -a "types" -d 'Show of what type indicators are'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from brcti" -f -a "attacks" -d 'Show attacks of each type over time; with --iocs, who attacked'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from brcti" -f -a "traffic" -d 'Show traffic of each type; with --series, over time'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the path of the configuration file'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Show every setting, secrets redacted, and where it comes from'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Check that settings, secrets and certificate can be used; nothing is sent'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "info" -d 'Show how many answers are kept, from where and since when'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "clear" -d 'Take every answer out'
complete -c ti -n "__fish_ti_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "path" -d 'Print the path of the database (SQLite)'
