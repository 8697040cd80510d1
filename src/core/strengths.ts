/** How much of a picture may change, under the names that people choose by: the same in every form. 0 keeps it all, 1 keeps nothing. */
export const STRENGTHS = { little: 0.35, some: 0.6, much: 0.85 } as const;
