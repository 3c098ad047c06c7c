/** A state that EFS is still changing: https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html */
export const isChanging = (value: unknown): boolean =>
  /^(creating|updating|deleting)$/.test(String(Object(value).state));
