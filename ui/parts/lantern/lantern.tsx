/** The logotype. Decoration unless it is given a label. */
export function Lantern({ size = 28, label }: LanternProps) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: hidden or labelled below; a title would show as a tooltip
    <svg
      viewBox="0 0 32 32"
      width={size}
      height={size}
      fill="none"
      stroke="var(--teal)"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path d="M16 3v3M11 9h10M12 26h8M14 29h4" />
      <path
        d="M11 9c-3 4-4 8-2.500 13 .4 1.500 1.600 2.500 3.500 4h8c1.900-1.500 3.100-2.500 3.500-4C25 17 24 13 21 9"
        fill="var(--glass)"
      />
      <path
        d="M16 21.500c-2.200 0-3.500-1.500-3.500-3.400 0-2.400 2.300-3.600 3.500-6.100 1.200 2.500 3.500 3.700 3.500 6.100 0 1.900-1.300 3.400-3.500 3.400z"
        fill="var(--flame)"
        stroke="none"
      />
    </svg>
  )
}

export type LanternProps = {
  /** Width and height in px. */
  readonly size?: number
  readonly label?: string
}
