/**
 * What is sent, in the fewest calls that hold it in its order.
 * @param bytesOf what one takes of a call
 */
export const chunked = <One>(
  all: readonly One[],
  bytesOf: (one: One) => number,
  { most, mostBytes }: { readonly most: number; readonly mostBytes: number },
): readonly One[][] => {
  const chunks: One[][] = [];
  let bytes = 0;
  for (const one of all) {
    const size = bytesOf(one);
    const open = chunks.at(-1);
    if (open && open.length < most && bytes + size <= mostBytes) {
      open.push(one);
      bytes += size;
    } else {
      chunks.push([one]);
      bytes = size;
    }
  }
  return chunks;
};
