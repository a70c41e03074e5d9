export type CompletedShell = "bash" | "zsh" | "fish";

/**
 * What a shell runs to complete a command line. The words go to `flowith __complete`, which answers a line each: the value, a
 * tab, and what it is; or `:files` and `:folders`, where the shell knows better.
 */
export const completionScripts: Record<CompletedShell, string> = {
  // bash 3.2, which macOS has, knows neither mapfile nor compopt; without a match it completes files by itself.
  bash: `# flowith: completion for bash
_flowith() {
  local line value description cur="\${COMP_WORDS[COMP_CWORD]}"
  local -a values=() shown=()
  while IFS= read -r line; do
    case "$line" in
      '' | :*) continue ;;
    esac
    value="\${line%%$'\\t'*}"
    description="\${line#*$'\\t'}"
    values+=("$value")
    shown+=("$value\${description:+  ($description)}")
  done < <("\${COMP_WORDS[0]:-flowith}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  # what it is is shown in a list, and never put into the line
  if [[ "\${COMP_TYPE:-9}" == 63 ]] && ((\${#values[@]} > 1)); then
    COMPREPLY=("\${shown[@]}")
  else
    COMPREPLY=(\${values[@]+"\${values[@]}"})
  fi
}
complete -o bashdefault -o default -F _flowith flowith
`,
  zsh: `#compdef flowith
# flowith: completion for zsh
_flowith() {
  local line value description
  local -a found
  for line in "\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case "$line" in
      '') ;;
      :files) _files ;;
      :folders) _files -/ ;;
      *)
        value="\${line%%$'\\t'*}"
        description="\${line#*$'\\t'}"
        found+=("\${value//:/\\\\:}\${description:+:$description}")
        ;;
    esac
  done
  (( \${#found} )) && _describe 'flowith' found
}
if [[ "\${funcstack[1]}" == _flowith ]]; then
  _flowith "$@"
else
  compdef _flowith flowith
fi
`,
  fish: `# flowith: completion for fish
function __flowith_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l program $words[1]
  set -e words[1]
  for line in (command $program __complete -- $words "$current" 2>/dev/null)
    switch "$line"
      case ':files'
        __fish_complete_path "$current"
      case ':folders'
        __fish_complete_directories "$current"
      case '*'
        echo $line
    end
  end
end
complete -c flowith -f -a '(__flowith_complete)'
`,
};
