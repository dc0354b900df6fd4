/** The rows of the table of limits about the settings screen in a product; see `limitRows`. */
export const screenRows: readonly (readonly [what: string, limit: string, beyond: string])[] = [
  [
    'Origins that may embed the settings screen, and as many that links may lead back to',
    '{embeddingOriginsMax}; known to every process after {screenSettingsKeptMs}',
    '400',
  ],
  [
    'Look of the settings screen',
    'Name {brandNameLengthMaxChars}, font {fontFamilyLengthMaxChars}, corners {radiusMaxPx}, contrast of the accent at least {textContrastMin}',
    '400',
  ],
  ['Logo of the settings screen', '{logoSizeMaxBytes}, {logoWidthMaxPx} wide and high', '400'],
  [
    'Name of an admin in a link, and the address that leads back',
    '{adminNameLengthMaxChars} and {addressLengthMaxChars}',
    '400',
  ],
];
