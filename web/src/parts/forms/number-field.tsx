import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

interface NumberFieldProps extends Omit<NumberInputProps, 'value' | 'onChange' | 'onBlur'> {
  value: number;
  onChange: (value: number) => void;
}

/** A number that has to be there: a field that is left empty shows what was there before, and never becomes 0 by itself. */
export function NumberField({ value, onChange, ...input }: NumberFieldProps) {
  const [isEmpty, setEmpty] = useState(false);
  return (
    <NumberInput
      {...input}
      value={isEmpty ? '' : value}
      onChange={(typed) => {
        setEmpty(typed === '');
        if (typed !== '') onChange(Number(typed));
      }}
      onBlur={() => setEmpty(false)}
    />
  );
}
