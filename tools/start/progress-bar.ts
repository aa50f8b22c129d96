/**
 * Shows how far a long first step is: a bar that grows in a terminal, a line at every tenth where output is kept.
 *
 * @returns a function to call with what is done and how much there is in all.
 */
export function progressBar(
  title: string,
  stream: NodeJS.WriteStream = process.stdout,
): (done: number, total: number) => void {
  let shown = -1
  return (done, total) => {
    const share = total > 0 ? Math.min(1, done / total) : 1
    const step = Math.floor(share * (stream.isTTY ? 100 : 10))
    if (step === shown) return
    shown = step
    if (stream.isTTY) {
      const width = 30
      const full = Math.round(share * width)
      stream.write(
        `\r${title} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${String(Math.floor(share * 100)).padStart(3)} %`,
      )
      if (share === 1) stream.write('\n')
    } else {
      stream.write(`${title} ${step * 10} %\n`)
    }
  }
}
