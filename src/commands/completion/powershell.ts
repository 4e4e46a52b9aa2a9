import { type CommandEntry, withDescendants } from '../catalog';

/** What is the same for every program. */
const COMPLETE = `Register-ArgumentCompleter -Native -CommandName alipass -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)

  function Complete-Words($words, $prefix, $typed) {
    $words | Where-Object { $_.StartsWith($typed) } | ForEach-Object {
      $text = if ($_ -match '\\s') { "$prefix'$($_ -replace "'", "''")'" } else { "$prefix$_" }
      [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
    }
  }
  function Complete-Value($value, $prefix, $typed) {
    switch ($value.kind) {
      'words' { Complete-Words $value.words $prefix $typed }
      'list' {
        $comma = $typed.LastIndexOf(',') + 1
        Complete-Words $value.words ($prefix + $typed.Substring(0, $comma)) $typed.Substring($comma)
      }
      'profile' { Complete-Words @(& $program __complete profiles) $prefix $typed }
      { $_ -in 'file', 'directory' } {
        Get-ChildItem -Name -Path "$typed*" -Directory:($value.kind -eq 'directory') | ForEach-Object {
          $parent = Split-Path $typed
          Complete-Words @(if ($parent) { Join-Path $parent $_ } else { $_ }) $prefix ''
        }
      }
    }
  }

  $program = $commandAst.CommandElements[0].ToString()
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or $wordToComplete -eq '' } |
    ForEach-Object { $_.ToString().Trim("'", '"') })
  $command = $AlipassCommands | Where-Object { $_.path -eq '' }
  $count = 0
  $pending = $null
  foreach ($word in $words) {
    $path = "$($command.path) $word".Trim()
    $child = $AlipassCommands | Where-Object { $_.path -ceq $path }
    if ($pending) { $pending = $null }
    elseif ($word.StartsWith('-')) {
      $pending = $command.flags | Where-Object { $_.kind -and $_.names -ccontains $word }
    }
    elseif ($child -and $count -eq 0) { $command = $child }
    else { $count++ }
  }
  $argument = if ($count -lt $command.args.Count) { $command.args[$count] }
    elseif ($command.args.Count -and $command.args[-1].repeats) { $command.args[-1] }

  if ($pending) { Complete-Value $pending '' $wordToComplete }
  elseif ($wordToComplete -match '^(--[^=]+)=(.*)$') {
    $name, $typed = $Matches[1], $Matches[2]
    $flag = $command.flags | Where-Object { $_.names -ccontains $name }
    if ($flag) { Complete-Value $flag "$name=" $typed }
  }
  elseif ($argument -and -not $wordToComplete.StartsWith('-')) { Complete-Value $argument '' $wordToComplete }
  else {
    foreach ($flag in $command.flags) {
      $flag.names | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterName', $flag.help)
      }
    }
  }
}
`;

/** A completion script for PowerShell 5 and later: all that is known stands in it as JSON. */
export function powershellCompletion(program: CommandEntry): string {
  const commands = withDescendants(program).map(({ path, summary, args, flags }) => ({
    path,
    summary,
    args: args.map(({ kind, words, repeats }) => ({ kind, words, repeats })),
    flags: flags.map(({ long, short, help, value }) => ({
      names: short === undefined ? [long] : [short, long],
      help,
      kind: value?.kind,
      words: value?.words,
    })),
  }));
  return `# Completion of alipass for PowerShell, made by \`alipass completion powershell\`.
$AlipassCommands = @'
${JSON.stringify(commands)}
'@ | ConvertFrom-Json

${COMPLETE}`;
}
