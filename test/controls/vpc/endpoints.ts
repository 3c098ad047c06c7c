const at = (service: string, state = 'available') => ({ service, state });
const passes = (...endpoints: ReturnType<typeof at>[]) => ({
  given: { endpoints },
  verdict: 'PASS' as const,
});
const fails = (...endpoints: ReturnType<typeof at>[]) => ({
  given: { endpoints },
  verdict: 'FAIL' as const,
  evidence: ['endpoints'],
});

/** VPCs with and without an endpoint of a service: `ecr.api`. */
export const endpointRows = (service: string) => {
  const name = `com.amazonaws.us-east-1.${service}`;
  return {
    'an endpoint': passes(at(name)),
    'one with FIPS': passes(at(`${name}-fips`)),
    'one that is being made': passes(at(name, 'pending')),
    none: fails(),
    'one that failed': fails(at(name, 'failed')),
    'one of a service whose name ends alike': fails(
      at(`com.amazonaws.us-east-1.x${service}`),
      at('com.amazonaws.us-east-1.s3'),
    ),
    'one of another region': fails(at(`com.amazonaws.eu-west-1.${service}`)),
  };
};
