// Search that lives in the URL: typed text is held back a moment, then handed on. `/` focuses it.
import {Kbd, TextInput} from '@mantine/core';
import {useDebouncedCallback} from '@mantine/hooks';
import {useState} from 'react';
import {Icon} from './icons.tsx';

export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const tell = useDebouncedCallback(onChange, 250);
  if (value !== known) {
    setKnown(value); // changed from outside: the back button, a cleared filter
    if (value !== text.trim()) setText(value);
  }
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      leftSection={<Icon name="search" />}
      rightSection={text ? null : <Kbd size="xs">/</Kbd>}
      className="search"
      onChange={event => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}
