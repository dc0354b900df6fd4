/** The longest address that mail systems carry (RFC 5321 §4.5.3.1.3: a path of 256 with its angle brackets). */
export const emailLengthMaxChars = 254;
