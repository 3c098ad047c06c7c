import { type CheckResult, inOrder, type Located } from './declared-result.ts';

const plain = (one: Located) => {
  const { control, verdict, exemption, range, name, construct, priority } = one;
  return {
    control: control.id,
    title: control.title,
    severity: control.severity,
    file: one.file,
    ...range,
    logicalId: name,
    resourceType: one.resourceType,
    ...(construct === undefined ? {} : { construct }),
    ...(one.arn === undefined ? {} : { arn: one.arn }),
    ...verdict,
    priority: priority.level,
    when: one.when,
    withDefaults: one.softDefaults,
    byAwsDefault: one.byDefault,
    notes: one.notes,
    ...(exemption ? { exemption, isInSource: one.isInSource === true } : {}),
  };
};

/** As JSON, in the order of the text. */
export const declaredJson = (result: CheckResult, isShown: (one: Located) => boolean): string => {
  const { files, resources, problems, warnings, located } = result;
  const results = inOrder(located.filter(isShown)).map((one) => plain(one.located));
  return JSON.stringify({ files, resources, results, problems, warnings }, undefined, 2);
};
