import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { compile, type HostDocument } from '../hosts/compile.ts';
import { auditHost } from '../hosts/documents/audit-host.ts';
import { confirmHost } from '../hosts/documents/confirm-host.ts';
import { hardenHosts } from '../hosts/documents/harden-host.ts';
import { rollbackHost } from '../hosts/documents/rollback-host.ts';
import { hostControls } from '../hosts/index.ts';

/** The documents for the areas that a baseline wants; throws where one is too large. */
export const documentsFor = (areas: readonly string[]): readonly HostDocument[] => {
  const controls = hostControls.filter(({ area }) => areas.includes(area));
  return [auditHost(controls), ...hardenHosts(controls), confirmHost, rollbackHost].map(compile);
};

/** Keeps the documents in the account; a changed one becomes a version of its own, as none with a name can be replaced. */
export const keepDocuments = (scope: Construct, documents: readonly HostDocument[]): void => {
  for (const { name, content } of documents)
    new CfnDocument(scope, name.replace(/^Plumbline-/, ''), {
      name,
      content: JSON.parse(content),
      documentFormat: 'JSON',
      documentType: 'Command',
      targetType: '/AWS::EC2::Instance',
      updateMethod: 'NewVersion',
    });
};
