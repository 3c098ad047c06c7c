/** Actions granted on resources, as a plan asks for them. */
export interface SessionGrant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** STS takes no session policy above this many characters. */
export const mostSessionPolicy = 2048;

/** The policy of a session that may do what a plan's calls and undo take, and nothing else. */
export const sessionPolicyOf = (grants: readonly SessionGrant[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: grants.map(({ actions, resources }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
    })),
  });
