import { DefaultStackSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';

/**
 * Of every stack of ours. The rule on the version of the bootstrap stack is left out: it asks at deployment for a parameter
 * that the CLI has read already, that the local AWS lacks, and that an account without the CDK does not have.
 */
export const withoutBootstrapRule = (): IStackSynthesizer =>
  // Its types do not fit exactOptionalPropertyTypes.
  new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;
