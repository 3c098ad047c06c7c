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

/** Items in their order, so many at a time. */
export function* inParts<One>(all: readonly One[], most: number): Generator<readonly One[]> {
  for (let from = 0; from < all.length; from += most) yield all.slice(from, from + most);
}
