import { Alert, Container, Loader, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ConsumerFound } from '#contracts';
import { Problem, searchConsumers } from './api.js';

const records = ({ records: count, organizations }: ConsumerFound) =>
  `${count === 1 ? '1 record' : `${count} linked records`}${organizations.length > 0 ? ` · ${organizations.join(', ')}` : ''}`;

/** Finds a consumer by any part of a name; before anything is typed it shows who changed last. */
export const SearchPage = () => {
  const { q = '' } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const [typed, setTyped] = useState(q);
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const { data, error, isPending, isFetching } = useQuery({
    queryKey: ['search', asked],
    queryFn: () => searchConsumers(asked),
    placeholderData: (before) => before,
  });
  useEffect(() => void navigate({ search: asked ? { q: asked } : {}, replace: true }), [asked, navigate]);
  useEffect(() => {
    document.title = 'Search · Throughline';
  }, []);

  const found = data?.found ?? [];
  const count = `${found.length}${data?.more ? ' or more' : ''} ${found.length === 1 ? 'consumer' : 'consumers'}`;
  return (
    <Container size="sm" py="xl">
      <Title order={1} mb="xs">
        Find a consumer
      </Title>
      <Text c="dimmed" mb="md">
        Type any part of a name. One line stands for one consumer, with every agency’s record that is linked today.
      </Text>
      <TextInput
        label="Name"
        size="lg"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        rightSection={isFetching ? <Loader size="xs" aria-label="Searching" /> : null}
      />
      <Text role="status" size="sm" c="dimmed" my="sm">
        {error || isPending
          ? ''
          : found.length === 0
            ? 'Nobody is found under this name.'
            : asked
              ? `${count} found`
              : `${count}, changed last`}
      </Text>
      {error && (
        <Alert color="orange" title={error.message}>
          {error instanceof Problem ? error.remedy : null}
        </Alert>
      )}
      <ul className="found">
        {found.map((consumer) => (
          <li key={consumer.personId}>
            <Link to="/consumers/$personId" params={{ personId: consumer.personId }}>
              <span className="found-name">{consumer.name ?? 'Name not recorded'}</span>
              <span className="found-born">{consumer.born ? `born ${consumer.born}` : 'birth date not recorded'}</span>
              <span className="found-records">{records(consumer)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed" mt="lg">
        {data?.notice ?? 'Some information may not be shared with you.'}
      </Text>
    </Container>
  );
};
