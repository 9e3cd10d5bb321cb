
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'ti' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'ti'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'ti' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('kti', 'kti', [CompletionResultType]::ParameterValue, 'Kingsoft Cloud threat intelligence (KTI): addresses and domains')
            [CompletionResult]::new('kaspersky', 'kaspersky', [CompletionResultType]::ParameterValue, 'Kaspersky Threat Intelligence Portal: reports, Master IOC, Master YARA')
            [CompletionResult]::new('brcti', 'brcti', [CompletionResultType]::ParameterValue, 'br-cti: indicators by place and type, attacks and traffic over time')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Where settings come from and what they are')
            [CompletionResult]::new('cache', 'cache', [CompletionResultType]::ParameterValue, 'Answers kept from earlier lookups: what there is, emptying it')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Serve sample data on loopback ports and print a profile for it')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or write all pages')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;kti' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Look indicators up: IPv4 addresses, domains, or the hosts of URLs')
            [CompletionResult]::new('enrich', 'enrich', [CompletionResultType]::ParameterValue, 'Add what is known of one column or field to each row of a file')
            [CompletionResult]::new('types', 'types', [CompletionResultType]::ParameterValue, 'List the threat types and tag types in English and Chinese (offline)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;kti;search' {
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Read indicators from FILE, one a line; `#` begins a comment, `-` is stdin')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Read indicators from FILE, one a line; `#` begins a comment, `-` is stdin')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Ask for up to N at a time')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Ask for up to N at a time')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Ask for at most N a second (10, 10/s, 300/m)')
            [CompletionResult]::new('--reserve', '--reserve', [CompletionResultType]::ParameterName, 'Stop before LeftCount goes below N')
            [CompletionResult]::new('--max-lookups', '--max-lookups', [CompletionResultType]::ParameterName, 'Ask for N at most; what the cache knows does not count')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit with 10 if anything is of this level or worse')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Take an answer from the cache if it is no older (30m, 12h, 7d) [default: 1h]')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Append to FILE (.ndjson, .csv) what an earlier run did not answer in it')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Show these alone, by level or status')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--fail-fast', '--fail-fast', [CompletionResultType]::ParameterName, 'Stop at the first input that cannot be answered')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Ask again, whatever the cache knows')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask nobody: answer from the cache, however old without --max-age')
            [CompletionResult]::new('--unordered', '--unordered', [CompletionResultType]::ParameterName, 'Answer as the answers come, not in the order of the inputs')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;kti;enrich' {
            [CompletionResult]::new('--column', '--column', [CompletionResultType]::ParameterName, 'The column of a CSV that has the indicators, by its header')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'The field of each line of an NDJSON that has the indicator, like .src.ip')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Ask for up to N at a time')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Ask for up to N at a time')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Ask for at most N a second (10, 10/s, 300/m)')
            [CompletionResult]::new('--reserve', '--reserve', [CompletionResultType]::ParameterName, 'Stop before LeftCount goes below N')
            [CompletionResult]::new('--max-lookups', '--max-lookups', [CompletionResultType]::ParameterName, 'Ask for N at most; what the cache knows does not count')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit with 10 if anything is of this level or worse')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Take an answer from the cache if it is no older (30m, 12h, 7d) [default: 1h]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--fail-fast', '--fail-fast', [CompletionResultType]::ParameterName, 'Stop at the first input that cannot be answered')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Ask again, whatever the cache knows')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Ask nobody: answer from the cache, however old without --max-age')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;kti;types' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;kti;help' {
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Look indicators up: IPv4 addresses, domains, or the hosts of URLs')
            [CompletionResult]::new('enrich', 'enrich', [CompletionResultType]::ParameterValue, 'Add what is known of one column or field to each row of a file')
            [CompletionResult]::new('types', 'types', [CompletionResultType]::ParameterValue, 'List the threat types and tag types in English and Chinese (offline)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;kti;help;search' {
            break
        }
        'ti;kti;help;enrich' {
            break
        }
        'ti;kti;help;types' {
            break
        }
        'ti;kti;help;help' {
            break
        }
        'ti;kaspersky' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List reports, newest first')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a report and its indicators, and save its parts')
            [CompletionResult]::new('ioc', 'ioc', [CompletionResultType]::ParameterValue, 'Fetch the Master IOC: the indicators of all reports')
            [CompletionResult]::new('yara', 'yara', [CompletionResultType]::ParameterValue, 'Fetch the Master YARA: the rules of all reports')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;kaspersky;list' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'From this time on: a day (2026-01-31, UTC), a time (2026-01-31T08:00Z) or a span (7d, 12h)')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Up to this time, the whole of a day')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'The date that the window and the order are about')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Only reports of this group (apt, fin); can repeat, as can the filters below')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only reports with this tag, whole words in any case')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Only reports about this actor')
            [CompletionResult]::new('--industry', '--industry', [CompletionResultType]::ParameterName, 'Only reports about this industry')
            [CompletionResult]::new('--geo', '--geo', [CompletionResultType]::ParameterName, 'Only reports about this country or region')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'The newest N')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;kaspersky;get' {
            [CompletionResult]::new('--include', '--include', [CompletionResultType]::ParameterName, 'Parts to ask for; can repeat, or list several [default: iocs, with --save all]')
            [CompletionResult]::new('--save', '--save', [CompletionResultType]::ParameterName, 'Save the parts in this folder, each under the report''s name')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--inline', '--inline', [CompletionResultType]::ParameterName, 'Put the parts themselves into the JSON, in base64')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ti;kaspersky;ioc' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only indicators of this type; can repeat, or list several: ip,domain')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only indicators detected since: a day (2026-01-31) or a span (7d)')
            [CompletionResult]::new('--grep', '--grep', [CompletionResultType]::ParameterName, 'Only rows with this text in the indicator or the title, in any case')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'The reports that the file is made of')
            [CompletionResult]::new('--max-size', '--max-size', [CompletionResultType]::ParameterName, 'Largest file to accept, unpacked: 500MiB, 8GiB [default: 4GiB]')
            [CompletionResult]::new('--max-shrink', '--max-shrink', [CompletionResultType]::ParameterName, 'Refuse a file that is smaller than the old one by more than this')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep N older files: FILE.1, the newest, to FILE.N')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--fail-unchanged', '--fail-unchanged', [CompletionResultType]::ParameterName, 'Exit with 11 when the file is the same as before')
            [CompletionResult]::new('--sha256', '--sha256', [CompletionResultType]::ParameterName, 'Write FILE.sha256, for sha256sum -c')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ti;kaspersky;yara' {
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'The reports that the file is made of')
            [CompletionResult]::new('--max-size', '--max-size', [CompletionResultType]::ParameterName, 'Largest file to accept, unpacked: 500MiB, 8GiB [default: 4GiB]')
            [CompletionResult]::new('--max-shrink', '--max-shrink', [CompletionResultType]::ParameterName, 'Refuse a file that is smaller than the old one by more than this')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep N older files: FILE.1, the newest, to FILE.N')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--fail-unchanged', '--fail-unchanged', [CompletionResultType]::ParameterName, 'Exit with 11 when the file is the same as before')
            [CompletionResult]::new('--sha256', '--sha256', [CompletionResultType]::ParameterName, 'Write FILE.sha256, for sha256sum -c')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ti;kaspersky;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List reports, newest first')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a report and its indicators, and save its parts')
            [CompletionResult]::new('ioc', 'ioc', [CompletionResultType]::ParameterValue, 'Fetch the Master IOC: the indicators of all reports')
            [CompletionResult]::new('yara', 'yara', [CompletionResultType]::ParameterValue, 'Fetch the Master YARA: the rules of all reports')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;kaspersky;help;list' {
            break
        }
        'ti;kaspersky;help;get' {
            break
        }
        'ti;kaspersky;help;ioc' {
            break
        }
        'ti;kaspersky;help;yara' {
            break
        }
        'ti;kaspersky;help;help' {
            break
        }
        'ti;brcti' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('geo', 'geo', [CompletionResultType]::ParameterValue, 'Show where indicators are: countries and their regions')
            [CompletionResult]::new('types', 'types', [CompletionResultType]::ParameterValue, 'Show of what type indicators are')
            [CompletionResult]::new('attacks', 'attacks', [CompletionResultType]::ParameterValue, 'Show attacks of each type over time; with --iocs, who attacked')
            [CompletionResult]::new('traffic', 'traffic', [CompletionResultType]::ParameterValue, 'Show traffic of each type; with --series, over time')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;brcti;geo' {
            [CompletionResult]::new('--depth', '--depth', [CompletionResultType]::ParameterName, 'Show countries alone, or their regions too [default: region]')
            [CompletionResult]::new('--top', '--top', [CompletionResultType]::ParameterName, 'Show the N countries with the most indicators; shares stay those of all')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;brcti;types' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;brcti;attacks' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Leave out what is before TIME: 2025-01-31, 2025-01, "2025-01-31 14:00", or 7d ago')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Leave out what is after TIME; a day or month counts whole')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Add up each hour, day or month')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--iocs', '--iocs', [CompletionResultType]::ParameterName, 'List the indicators of attacks instead')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;brcti;traffic' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Leave out what is before TIME: 2025-01-31, 2025-01, "2025-01-31 14:00", or 7d ago')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Leave out what is after TIME; a day or month counts whole')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Add up each hour, day or month')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--series', '--series', [CompletionResultType]::ParameterName, 'Show it over time instead')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;brcti;help' {
            [CompletionResult]::new('geo', 'geo', [CompletionResultType]::ParameterValue, 'Show where indicators are: countries and their regions')
            [CompletionResult]::new('types', 'types', [CompletionResultType]::ParameterValue, 'Show of what type indicators are')
            [CompletionResult]::new('attacks', 'attacks', [CompletionResultType]::ParameterValue, 'Show attacks of each type over time; with --iocs, who attacked')
            [CompletionResult]::new('traffic', 'traffic', [CompletionResultType]::ParameterValue, 'Show traffic of each type; with --series, over time')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;brcti;help;geo' {
            break
        }
        'ti;brcti;help;types' {
            break
        }
        'ti;brcti;help;attacks' {
            break
        }
        'ti;brcti;help;traffic' {
            break
        }
        'ti;brcti;help;help' {
            break
        }
        'ti;config' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the configuration file')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every setting, secrets redacted, and where it comes from')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that settings, secrets and certificate can be used; nothing is sent')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;config;path' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;config;show' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;config;check' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;config;help' {
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the configuration file')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every setting, secrets redacted, and where it comes from')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that settings, secrets and certificate can be used; nothing is sent')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;config;help;path' {
            break
        }
        'ti;config;help;show' {
            break
        }
        'ti;config;help;check' {
            break
        }
        'ti;config;help;help' {
            break
        }
        'ti;cache' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show how many answers are kept, from where and since when')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Take every answer out')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the database (SQLite)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;cache;info' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;cache;clear' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;cache;path' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;cache;help' {
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show how many answers are kept, from where and since when')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Take every answer out')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the database (SQLite)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;cache;help;info' {
            break
        }
        'ti;cache;help;clear' {
            break
        }
        'ti;cache;help;path' {
            break
        }
        'ti;cache;help;help' {
            break
        }
        'ti;sandbox' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Listen on this port and those after it, one a provider [default: any free ones]')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'Fail first: a status, reset, cut, slow, html, base64 or gzip (damaged content), and how often (503:2); can repeat')
            [CompletionResult]::new('--latency', '--latency', [CompletionResultType]::ParameterName, 'Wait before each answer')
            [CompletionResult]::new('--quota', '--quota', [CompletionResultType]::ParameterName, 'Lookups that the account has left')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;completions' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;man' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE, which changes only when the answer is complete; `-` is stdout')
            [CompletionResult]::new('--fields', '--fields', [CompletionResultType]::ParameterName, 'Choose fields and their order; without a value, list them')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language of titles and of the names of threats in tables')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration file')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for one request, answer included [default: 30s]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Time to connect [default: 10s]')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Further tries after a passing failure [default: 4]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Go through this proxy [default: HTTPS_PROXY, ALL_PROXY, NO_PROXY]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file besides the system''s')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'JSON: an array, or one object where the answer is one')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'A JSON object a line, each as soon as it is known')
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'CSV with a header (RFC 4180)')
            [CompletionResult]::new('--raw', '--raw', [CompletionResultType]::ParameterName, 'The service''s own answer, byte for byte')
            [CompletionResult]::new('--chart', '--chart', [CompletionResultType]::ParameterName, 'Draw it in the terminal, where the answer has numbers to compare (brcti)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing beside the data but errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show requests on stderr; -vv shows headers and bodies too (never secrets)')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Answer from sample data of a built-in server; needs no account')
            [CompletionResult]::new('--large', '--large', [CompletionResultType]::ParameterName, 'With --demo and sandbox: more sample data, where there is more (brcti)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'ti;help' {
            [CompletionResult]::new('kti', 'kti', [CompletionResultType]::ParameterValue, 'Kingsoft Cloud threat intelligence (KTI): addresses and domains')
            [CompletionResult]::new('kaspersky', 'kaspersky', [CompletionResultType]::ParameterValue, 'Kaspersky Threat Intelligence Portal: reports, Master IOC, Master YARA')
            [CompletionResult]::new('brcti', 'brcti', [CompletionResultType]::ParameterValue, 'br-cti: indicators by place and type, attacks and traffic over time')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Where settings come from and what they are')
            [CompletionResult]::new('cache', 'cache', [CompletionResultType]::ParameterValue, 'Answers kept from earlier lookups: what there is, emptying it')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Serve sample data on loopback ports and print a profile for it')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or write all pages')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ti;help;kti' {
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Look indicators up: IPv4 addresses, domains, or the hosts of URLs')
            [CompletionResult]::new('enrich', 'enrich', [CompletionResultType]::ParameterValue, 'Add what is known of one column or field to each row of a file')
            [CompletionResult]::new('types', 'types', [CompletionResultType]::ParameterValue, 'List the threat types and tag types in English and Chinese (offline)')
            break
        }
        'ti;help;kti;search' {
            break
        }
        'ti;help;kti;enrich' {
            break
        }
        'ti;help;kti;types' {
            break
        }
        'ti;help;kaspersky' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List reports, newest first')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show a report and its indicators, and save its parts')
            [CompletionResult]::new('ioc', 'ioc', [CompletionResultType]::ParameterValue, 'Fetch the Master IOC: the indicators of all reports')
            [CompletionResult]::new('yara', 'yara', [CompletionResultType]::ParameterValue, 'Fetch the Master YARA: the rules of all reports')
            break
        }
        'ti;help;kaspersky;list' {
            break
        }
        'ti;help;kaspersky;get' {
            break
        }
        'ti;help;kaspersky;ioc' {
            break
        }
        'ti;help;kaspersky;yara' {
            break
        }
        'ti;help;brcti' {
            [CompletionResult]::new('geo', 'geo', [CompletionResultType]::ParameterValue, 'Show where indicators are: countries and their regions')
            [CompletionResult]::new('types', 'types', [CompletionResultType]::ParameterValue, 'Show of what type indicators are')
            [CompletionResult]::new('attacks', 'attacks', [CompletionResultType]::ParameterValue, 'Show attacks of each type over time; with --iocs, who attacked')
            [CompletionResult]::new('traffic', 'traffic', [CompletionResultType]::ParameterValue, 'Show traffic of each type; with --series, over time')
            break
        }
        'ti;help;brcti;geo' {
            break
        }
        'ti;help;brcti;types' {
            break
        }
        'ti;help;brcti;attacks' {
            break
        }
        'ti;help;brcti;traffic' {
            break
        }
        'ti;help;config' {
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the configuration file')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every setting, secrets redacted, and where it comes from')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that settings, secrets and certificate can be used; nothing is sent')
            break
        }
        'ti;help;config;path' {
            break
        }
        'ti;help;config;show' {
            break
        }
        'ti;help;config;check' {
            break
        }
        'ti;help;cache' {
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show how many answers are kept, from where and since when')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Take every answer out')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the database (SQLite)')
            break
        }
        'ti;help;cache;info' {
            break
        }
        'ti;help;cache;clear' {
            break
        }
        'ti;help;cache;path' {
            break
        }
        'ti;help;sandbox' {
            break
        }
        'ti;help;completions' {
            break
        }
        'ti;help;man' {
            break
        }
        'ti;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
