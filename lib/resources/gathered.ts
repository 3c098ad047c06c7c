/** What stands on every page of a listing. */
export const gathered = async <Page, One>(
  pages: AsyncIterable<Page>,
  of: (page: Page) => readonly One[] | undefined,
): Promise<readonly One[]> => {
  const found: One[] = [];
  for await (const page of pages) found.push(...(of(page) ?? []));
  return found;
};
