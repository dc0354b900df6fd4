/** Longest filter, in UTF-16 units. Real clients send a few hundred. */
export const filterLengthMaxChars = 8192;

/** How deep parentheses, `not` and value paths may nest in a filter. */
export const filterDepthMax = 50;

/** How many comparisons one filter may hold. */
export const filterTermsMax = 200;

/** Longest attribute path of a PATCH operation or of `attributes`, in UTF-16 units. */
export const pathLengthMaxChars = 2048;

/** How many operations one PATCH may hold; each key of an operation without path counts as one. */
export const patchOperationsMax = 1000;

/**
 * How much searching one PATCH may cause, counted in comparisons of short values. Without it, a body that adds
 * thousands of values and then searches them thousands of times would take seconds.
 */
export const patchComparisonsMax = 25_000;

/** How many values an attribute such as `emails` or `roles` may have. The members of a group are not limited. */
export const attributeValuesMax = 1000;

/** How deep a value may nest. The schemas need 3 levels; the rest is for extensions that no schema describes. */
export const valueDepthMax = 20;

/** How much of the name of a group it is sorted by: as much as an index and a cursor hold of any name. */
export const groupNameKeyMaxChars = 500;

/** Page size when the client asks for none. */
export const countDefault = 100;

/** Largest page; Okta asks for 100, Entra for 5, SailPoint for as many as it is told. */
export const countMax = 1000;

/** How many notes about left-out values are kept per request. */
export const notesMax = 100;

/** How many operations one bulk request may hold. */
export const bulkOperationsMax = 1000;

/** How deep the data of a bulk operation may nest: a value as deep as any, inside an operation of a PATCH. */
export const bulkDataDepthMax = 30;

/** Largest body, except for groups; also the largest bulk request. */
export const bodySizeMaxBytes = 1024 * 1024;

/**
 * Largest user or group that is stored, as UTF-8 JSON without the members of a group, which are rows of their own. A
 * complete profile with certificates takes some 10 kB, one with a photograph inside 60.
 */
export const resourceSizeMaxBytes = 128 * 1024;

/**
 * Largest page of a list, as the UTF-8 JSON of its resources; a single one may be larger. Between database and socket a
 * page exists about six times.
 */
export const pageSizeMaxBytes = 4 * 1024 * 1024;
