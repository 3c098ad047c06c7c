const characters = 16_384;

/** Pieces of a text joined to blocks that are worth a write each. */
export function* blocksOf(pieces: Iterable<string>): Generator<string> {
  let open: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    open.push(piece);
    length += piece.length;
    if (length < characters) continue;
    yield open.join('');
    open = [];
    length = 0;
  }
  if (length > 0) yield open.join('');
}

/** The bytes of a text that comes in pieces: a text of them all would be held beside them. */
export const bytesOf = (pieces: Iterable<string>): Uint8Array =>
  Buffer.concat([...blocksOf(pieces)].map((block) => Buffer.from(block)));
