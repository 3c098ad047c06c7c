import type { NormalizedSchema } from '@smithy/core/schema';
import type { RawCall } from './call.ts';

/** How a REST request names its operation. */
export interface Route {
  readonly method: string;
  /** `{Name}` takes one segment, `{Name+}` the rest but for what stands behind it. */
  readonly segments: readonly string[];
  /** Query parameters that must be there, with their value where one is fixed. */
  readonly literals: ReadonlyMap<string, string>;
  /** Query parameters and headers that the operation cannot do without. */
  readonly required: { readonly query: readonly string[]; readonly headers: readonly string[] };
  /** What newer SDKs send to say which operation they mean; others don't. */
  readonly xId: string | undefined;
  /** S3: the operation is one on a bucket, which stands before the path. */
  readonly inBucket: boolean;
}
export interface Match {
  readonly labels: Readonly<Record<string, string>>;
  /** The most specific match wins. */
  readonly weight: number;
}
export interface Target {
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

export const routeOf = (method: string, uri: string, input: NormalizedSchema): Route => {
  const { segments, query } = targetOf(uri);
  const xId = query.get('x-id') ?? undefined;
  query.delete('x-id');
  const inBucket = input.isStructSchema() && 'Bucket' in input.getMemberSchemas();
  return { method, segments, literals: new Map(query), required: requiredOf(input), xId, inBucket };
};

/** Segments stay percent-encoded, so that an encoded slash does not part them. */
export const targetOf = (path: string): Target => {
  const [before = '', after = ''] = path.split(/\?(.*)/s);
  const segments = before.split('/').slice(1);
  if (segments.at(-1) === '') segments.pop();
  return { segments, query: new URLSearchParams(after) };
};

const requiredOf = (input: NormalizedSchema): Route['required'] => {
  const query: string[] = [];
  const headers: string[] = [];
  const schema = input.getSchema();
  // A structure's schema names its required members first and ends with their number.
  const count = Array.isArray(schema) && typeof schema[6] === 'number' ? schema[6] : 0;
  for (const member of Object.values(input.getMemberSchemas()).slice(0, count)) {
    const { httpQuery, httpHeader } = member.getMergedTraits();
    if (httpQuery) query.push(httpQuery);
    if (httpHeader) headers.push(httpHeader.toLowerCase());
  }
  return { query, headers };
};

export const matchRoute = (
  route: Route,
  { method, headers }: RawCall,
  { segments, query }: Target,
): Match | undefined => {
  if (route.method !== method) return undefined;
  const xId = query.get('x-id');
  if (xId !== null && route.xId !== undefined && xId !== route.xId) return undefined;
  for (const [name, value] of route.literals)
    if (!query.has(name) || (value !== '' && query.get(name) !== value)) return undefined;
  if (!route.required.query.every((name) => query.has(name))) return undefined;
  if (!route.required.headers.every((name) => name in headers)) return undefined;
  const labels = matchSegments(route.segments, segments);
  if (!labels) return undefined;
  const fixed = route.segments.length - Object.keys(labels).length;
  const named = route.literals.size + route.required.query.length + route.required.headers.length;
  return { labels, weight: fixed * 10 + named };
};

const matchSegments = (
  route: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined => {
  const labels: Record<string, string> = {};
  for (const [index, part] of route.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    const label = /^\{(.*)\}$/.exec(part)?.[1];
    if (label?.endsWith('+')) {
      const behind = route.slice(index + 1);
      const end = segments.length - behind.length;
      if (end <= index) return undefined;
      const after = matchSegments(behind, segments.slice(end));
      const name = label.slice(0, -1);
      const rest = segments.slice(index, end).map(decodeURIComponent).join('/');
      return after && { ...labels, [name]: rest, ...after };
    }
    if (label !== undefined) labels[label] = decodeURIComponent(segment);
    else if (part !== segment) return undefined;
  }
  return route.length === segments.length ? labels : undefined;
};
