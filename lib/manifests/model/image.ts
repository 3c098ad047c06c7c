/** A reference to an image. https://pkg.go.dev/github.com/distribution/reference */
export interface Image {
  /** `docker.io` where none is named. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export const imageOf = (reference: string): Image => {
  const [named = '', digest] = reference.trim().split('@', 2);
  const slash = named.indexOf('/');
  const first = slash === -1 ? '' : named.slice(0, slash);
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  const rest = hasRegistry ? named.slice(slash + 1) : named;
  const [path = '', tag] = rest.split(':', 2);
  return {
    registry: hasRegistry ? first : 'docker.io',
    repository: hasRegistry || path.includes('/') ? path : `library/${path}`,
    tag: tag === '' ? undefined : tag,
    digest: digest !== undefined && /^sha\d+:[0-9a-f]+$/i.test(digest) ? digest : undefined,
  };
};
