import { expect, test } from '@jest/globals';
import { IsInt, IsString, registerDecorator, validateSync } from 'class-validator';
import './validation-memory.js';

class Parent {
  @IsString() name!: string;
}
class Child extends Parent {
  @IsInt() age!: number;
}
const wrong = (target: object) => validateSync(target).map(({ property }) => property);

test('a class is judged by its own rules and by its parents’, first and again', () => {
  for (const _ of [1, 2]) {
    expect(wrong(Object.assign(new Child(), { name: 1, age: 'x' })).sort()).toEqual(['age', 'name']);
    expect(wrong(Object.assign(new Parent(), { name: 'Ada' }))).toEqual([]);
  }
});
test('a rule that is declared later holds from then on', () => {
  const child = Object.assign(new Child(), { name: 'Ada', age: 7 });
  expect(wrong(child)).toEqual([]);
  registerDecorator({ name: 'never', target: Child, propertyName: 'age', options: {}, validator: { validate: () => false } });
  expect(wrong(child)).toEqual(['age']);
});
