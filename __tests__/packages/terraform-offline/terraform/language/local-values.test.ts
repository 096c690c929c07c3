import { load } from './support';

const MAIN = `
  resource "random_id" "id" {
    byte_length = 4
    prefix      = "app-"
  }
  resource "random_string" "string" {
    length  = 12
    special = false
    upper   = false
  }
  resource "random_password" "password" {
    length           = 20
    override_special = "_"
  }
  resource "random_integer" "integer" {
    min = 5
    max = 7
  }
  resource "random_pet" "pet" {
    length = 3
    prefix = "my"
  }
  resource "random_uuid" "uuid" {}
  resource "random_shuffle" "shuffle" {
    input        = ["a", "b", "c"]
    result_count = 2
  }
  resource "time_static" "now" {}
  resource "time_offset" "later" {
    base_rfc3339 = "2024-02-28T00:00:00Z"
    offset_days  = 2
  }
  resource "null_resource" "nothing" {}
  resource "terraform_data" "data" { input = { a = 1 } }
  data "local_file" "file" { filename = "a.txt" }
  output "id" { value = random_id.id.hex }
  output "decimal" { value = random_id.id.dec }
  output "string" { value = random_string.string.result }
  output "password" { value = random_password.password.result }
  output "integer" { value = random_integer.integer.result }
  output "pet" { value = random_pet.pet.id }
  output "uuid" { value = random_uuid.uuid.result }
  output "shuffle" { value = random_shuffle.shuffle.result }
  output "now" { value = time_static.now.rfc3339 }
  output "later" { value = [time_offset.later.rfc3339, time_offset.later.month, time_offset.later.day] }
  output "nothing" { value = null_resource.nothing.id }
  output "data" { value = terraform_data.data.output }
  output "file" { value = data.local_file.file.content }
  output "made" { value = uuid() }
`;

async function outputs() {
  const configuration = await load({ 'main.tf': MAIN, 'a.txt': 'content' });
  return Object.fromEntries(configuration.outputs().map(({ name, value }) => [name, value()]));
}

// https://registry.terraform.io/providers/hashicorp/random/latest/docs
it('makes up what providers make up without an account, in the form that they have', async () => {
  const values = await outputs();
  expect(values).toEqual({
    id: expect.stringMatching(/^app-[0-9a-f]{8}$/) as string,
    decimal: expect.stringMatching(/^app-\d+$/) as string,
    string: expect.stringMatching(/^[a-z0-9]{12}$/) as string,
    password: expect.stringMatching(/^[A-Za-z0-9_]{20}$/) as string,
    integer: expect.any(Number) as number,
    pet: expect.stringMatching(/^my-[a-z]+-[a-z]+-[a-z]+$/) as string,
    uuid: expect.stringMatching(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ) as string,
    shuffle: expect.any(Array) as string[],
    now: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    later: ['2024-03-01T00:00:00Z', 3, 1],
    nothing: expect.any(String) as string,
    data: { a: 1 },
    file: 'content',
    made: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
  expect([5, 6, 7]).toContain(values.integer);
  expect(new Set(['a', 'b', 'c', ...(values.shuffle as string[])]).size).toBe(3);
  expect(values.shuffle).toHaveLength(2);
});

it('makes the same up at every start', async () => {
  expect(await outputs()).toEqual(await outputs());
});
