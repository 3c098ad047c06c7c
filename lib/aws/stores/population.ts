/** How many resources of a type the last sweep saw: pk `population`, sk the type. */
export const populationKey = (type: string) => ({ pk: 'population', sk: type });
