complete --keep-order --exclusive --command ti --arguments "(TI_COMPLETE=fish ti -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
