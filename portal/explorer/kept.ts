/** Made once for each data set, and gone with it. */
export function keptBy<Data extends object, Made>(make: (data: Data) => Made): (data: Data) => Made {
  const kept = new WeakMap<Data, Made>()
  return (data) => {
    const made = kept.get(data) ?? make(data)
    kept.set(data, made)
    return made
  }
}
