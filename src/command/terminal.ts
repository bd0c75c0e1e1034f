// What commands say: sentences to stderr, so that stdout holds nothing but the answer; progress in place on a terminal
// and as plain lines elsewhere.

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function answer(text: string): void {
  process.stdout.write(`${text}\n`);
}

type Terminal = {readonly isTTY?: boolean; write(text: string): unknown};

/**
 * A line that is written over itself on a terminal; elsewhere each different one is a line, at most one a second, and
 * always the last.
 */
export function progressLine(terminal: Terminal = process.stderr): {show(line: string): void; end(): void} {
  const inPlace = terminal.isTTY === true;
  let latest = '';
  let shown = '';
  let shownAtMs = Number.NEGATIVE_INFINITY;
  return {
    show(line) {
      latest = line;
      if (line === shown) return;
      const nowMs = performance.now();
      if (!inPlace && nowMs - shownAtMs < 1000) return;
      shown = line;
      shownAtMs = nowMs;
      terminal.write(inPlace ? `\r\u001b[2K${line}` : `${line}\n`);
    },
    end() {
      if (inPlace && shown !== '') terminal.write('\n');
      if (!inPlace && latest !== shown) terminal.write(`${latest}\n`);
      latest = shown = '';
    },
  };
}

/** Columns as wide as their longest value. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows
    .map(row =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
