/** Whether a path is a folder, or lies below it; both absolute, and without links. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder ||
  ['/', '\\'].some((separator) => path.startsWith(folder.replace(/[/\\]?$/, separator)));
