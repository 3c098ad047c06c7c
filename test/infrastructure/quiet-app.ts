import { App } from 'aws-cdk-lib';

/** An app that keeps nothing that no test reads: where each construct was made, and the tree of them. */
export const quietApp = (): App =>
  new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    treeMetadata: false,
    context: {
      'aws:cdk:disable-stack-trace': true,
      'aws:cdk:disable-creation-stack-traces': true,
    },
  });
