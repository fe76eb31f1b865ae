using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Operators;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Api;

/// <summary>The OpenAPI document held against what the service really does: its routes, its scopes, its answers.</summary>
public sealed class ApiDocumentTests(ApiSite site) : IClassFixture<ApiSite>
{
    // Whose token can do it, the path filled in, and what is sent; in an order in which each finds what the one before made.
    private static readonly (string Id, string Account, string Path, Func<JsonNode>? Body)[] Calls =
    [
        ("whoAmI", "miyakonojo", "/me", null), ("getSite", "miyakonojo", "/site", null), ("getDocument", "miyakonojo", "/openapi.json", null),
        ("getRoom", "miyakonojo", "/room", null), ("listReaders", "miyakonojo", "/readers", null), ("getPresence", "miyakonojo", "/presence", null),
        ("listEntries", "takaharu", "/entries?rows=5&result=Granted&result=Denied&from=2026-01-01T00:00:00%2B09:00", null), ("getRecord", "takaharu", "/entries/0", null),
        ("addPerson", "miyakonojo", "/people", () => Person(true)), ("changePerson", "miyakonojo", "/people/S-0920", () => Person(false)),
        ("listPeople", "miyakonojo", "/people?rows=20&valid=true", null), ("getPerson", "miyakonojo", "/people/S-0920", null),
        ("suspendPerson", "hinata", "/people/S-0920/suspend", () => new JsonObject { ["reason"] = "所在の確認" }),
        ("issueCard", "miyakonojo", "/cards", () => new JsonObject { ["person"] = "S-0920", ["format"] = "H10301", ["facility"] = 12, ["number"] = 40_001, ["validFrom"] = null, ["validUntil"] = null }),
        ("listCards", "miyakonojo", "/cards?person=S-0217", null), ("reportCardLost", "miyakonojo", "/cards/{card}/lost", () => new JsonObject { ["reason"] = "通勤の途中" }),
        ("listGrants", "miyakonojo", "/grants?inForce=true&rows=20", null), ("giveUpGrant", "sadowara", "/grants/{grant}/give-up", () => new JsonObject { ["reason"] = "異動のため" }),
        ("applyCase", "takahashi", "/cases", () => ApiSite.Entry("S-0108")), ("getCase", "takahashi", "/cases/{case}", null),
        ("listOwnCases", "takahashi", "/cases/mine?rows=5", null), ("listInbox", "miyakonojo", "/cases/inbox", null),
        ("decideCase", "miyakonojo", "/cases/{case}/decide", () => new JsonObject { ["version"] = 0, ["verdict"] = "SendBack", ["reason"] = "期間の確認", ["conditions"] = "" }),
        ("resubmitCase", "takahashi", "/cases/{case}/resubmit", () => Again()),
        ("withdrawCase", "takahashi", "/cases/{case}/withdraw", () => new JsonObject { ["version"] = 0, ["reason"] = "不要になった" }),
        ("listDoneCases", "miyakonojo", "/cases/done?kind=StaffGrant", null), ("listRoles", "miyakonojo", "/roles", null),
        ("beginLockdown", "hinata", "/lockdowns", () => new JsonObject { ["zones"] = new JsonArray("MED-1"), ["except"] = new JsonArray("S-0102"), ["mandate"] = "Instructed", ["basis"] = "訓練", ["until"] = null }),
        ("listLockdowns", "hinata", "/lockdowns", null),
    ];

    // Steps only an application of another sort comes to; what they answer out of turn is looked at instead.
    private static readonly string[] OutOfTurn = ["carryOutCase", "confirmCase"];

    [Fact]
    [Requirement("R-NET-02")]
    public async Task The_document_names_every_route_of_the_api_and_no_other()
    {
        using var client = await site.As("aya", TokenScope.RoomRead);
        var (document, _) = await Document(client);
        var described = Operations(document).Select(operation => $"{operation.Method} {operation.Path}");
        var real = from endpoint in site.Office.Parts.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                   let pattern = $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}"
                   where pattern.StartsWith("/api", StringComparison.Ordinal) && !pattern.Contains("**", StringComparison.Ordinal)
                   from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
                   select $"{method} {pattern}";

        Assert.Equal(real.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        Assert.Equal("3.1.0", document["openapi"]!.GetValue<string>());
        Assert.DoesNotContain("http", document["servers"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Distinct(Operations(document).Select(operation => operation.Id));
    }

    [Fact]
    public async Task Every_operation_called_once_answers_as_described()
    {
        var clients = new Dictionary<string, ApiClient>();
        foreach (var account in Calls.Select(call => call.Account).Distinct())
        {
            clients[account] = await site.As(account, [.. TokenScopes.All]);
        }

        var (document, _) = await Document(clients["miyakonojo"]);
        var operations = Operations(document).ToDictionary(operation => operation.Id);
        Assert.Equal(operations.Keys.Order(StringComparer.Ordinal), Calls.Select(call => call.Id).Concat(OutOfTurn).Order(StringComparer.Ordinal));
        var known = new Dictionary<string, string>();
        var wrong = new List<string>();
        foreach (var (id, account, path, body) in Calls)
        {
            var operation = operations[id];
            var sent = body?.Invoke();
            if (sent?["version"] is not null)
            {
                sent["version"] = (await (await clients[account].Get($"/cases/{known["case"]}")).Json())["case"]!["version"]!.GetValue<int>();
            }

            var filled = known.Aggregate(path, (text, item) => text.Replace($"{{{item.Key}}}", item.Value, StringComparison.Ordinal));
            using var answer = sent is null ? await clients[account].Get(filled) : await clients[account].Send(operation.Method, filled, sent.ToJsonString());
            var status = $"{(int)answer.StatusCode}";
            var text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode || operation.Node["responses"]![status] is not { } described)
            {
                wrong.Add($"{id}: {status} {text}");
                continue;
            }

            if (sent is not null)
            {
                wrong.AddRange(Misfits(document, operation.Node["requestBody"]!["content"]!["application/json"]!["schema"]!, sent, $"{id} body"));
            }

            var json = JsonNode.Parse(text)!;
            wrong.AddRange(Misfits(document, described["content"]!["application/json"]!["schema"]!, json, id));
            Remember(known, id, json);
        }

        foreach (var id in OutOfTurn)
        {
            var step = operations[id].Path[(operations[id].Path.LastIndexOf('/') + 1)..];
            using var answer = await clients["miyakonojo"].Post($"/cases/{known["case"]}/{step}", new JsonObject { ["version"] = 1, ["note"] = "確認した" });
            Assert.Contains($"{(int)answer.StatusCode}", operations[id].Node["responses"]!.AsObject().Select(response => response.Key));
            wrong.AddRange(Misfits(document, document["components"]!["responses"]![$"{(int)answer.StatusCode}"]!["content"]!["application/problem+json"]!["schema"]!, await answer.Json(), id));
        }

        foreach (var client in clients.Values)
        {
            client.Dispose();
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    [Requirement("R-SIGN-01")]
    public async Task No_operation_works_without_its_scope()
    {
        using var reader = await site.As("miyakonojo", TokenScope.RolesRead);
        using var every = await site.As("miyakonojo", [.. TokenScopes.All.Where(scope => scope != TokenScope.RolesRead)]);
        var (document, _) = await Document(reader);
        foreach (var operation in Operations(document).Where(operation => operation.Node["x-scope"] is not null))
        {
            var client = operation.Id == "listRoles" ? every : reader;
            var path = operation.Path["/api/v1".Length..].Replace("{id}", "X-0001", StringComparison.Ordinal).Replace("{n}", "0", StringComparison.Ordinal);
            using var answer = operation.Method == "GET" ? await client.Get(path) : await client.Send(operation.Method, path, "{}");
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{operation.Id}: {(int)answer.StatusCode}");
            Assert.Equal("scope", await answer.Problem());
        }

        Assert.Contains(site.Facts(), fact => fact is TokenRefused { Fault: TokenFault.OtherScope });
    }

    [Fact]
    public void Every_scope_is_needed_for_something()
    {
        var needed = Dashboard.Api.ApiOperations.All.Select(operation => operation.Scope).OfType<TokenScope>();

        Assert.Equal(TokenScopes.All.Order(), needed.Distinct().Order());
        Assert.All(Dashboard.Api.ApiOperations.All.Where(operation => operation.Scope is not null), operation => Assert.Equal(operation.Acts, TokenScopes.Changes(operation.Scope!.Value)));
    }

    internal static async Task<(JsonObject Document, IReadOnlyList<string> Paths)> Document(ApiClient client)
    {
        using var answer = await client.Get("/openapi.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var document = await answer.Json();
        return (document, [.. document["paths"]!.AsObject().Select(path => path.Key)]);
    }

    private static IEnumerable<(string Id, string Method, string Path, JsonNode Node)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Value!["operationId"]!.GetValue<string>(), operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    // What is made is what later calls speak of.
    private static void Remember(Dictionary<string, string> known, string id, JsonNode json)
    {
        switch (id)
        {
            case "applyCase":
                known["case"] = json["id"]!.GetValue<string>();
                break;
            case "issueCard":
                known["card"] = json["id"]!.GetValue<string>();
                break;
            case "listGrants":
                known["grant"] = json["grants"]!.AsArray().First(grant => grant!["person"]!.GetValue<string>() == "S-0217")!["id"]!.GetValue<string>();
                break;
            default:
                break;
        }
    }

    private static JsonObject Person(bool isNew)
    {
        var person = new JsonObject { ["name"] = "木城 葵", ["kana"] = isNew ? "きじょう あおい" : "きじょう あい", ["category"] = "Staff", ["section"] = "情報政策課", ["validFrom"] = null, ["validUntil"] = null };
        if (isNew)
        {
            person["id"] = "S-0920";
        }

        return person;
    }

    private static JsonObject Again()
    {
        var again = ApiSite.Entry("S-0108");
        again["version"] = 0;
        return again;
    }

    // What of JSON Schema our document uses, and no more; anything else in it is a misfit by itself.
    private static IEnumerable<string> Misfits(JsonObject document, JsonNode schema, JsonNode? value, string place)
    {
        if (schema is JsonValue any && any.TryGetValue<bool>(out var all))
        {
            return all ? [] : [$"{place}: nothing fits"];
        }

        var rules = schema.AsObject();
        if (rules["$ref"]?.GetValue<string>() is { } pointer)
        {
            var target = pointer.Split('/').Skip(1).Aggregate((JsonNode)document, (node, part) => node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!);
            return Misfits(document, target, value, place);
        }

        if (rules["anyOf"] is JsonArray choices)
        {
            return choices.Any(choice => !Misfits(document, Joined(rules, choice!.AsObject()), value, place).Any()) ? [] : [$"{place}: fits none of the choices: {value?.ToJsonString()}"];
        }

        return [.. Own(document, rules, value, place)];
    }

    private static JsonObject Joined(JsonObject outer, JsonObject inner)
    {
        var joined = (JsonObject)inner.DeepClone();
        foreach (var (name, rule) in outer.Where(pair => pair.Key is not ("anyOf" or "$ref")))
        {
            joined[name] = name == "required" && joined[name] is JsonArray more ? new JsonArray([.. more.Concat(rule!.AsArray()).Select(item => item!.DeepClone())]) : joined[name]?.DeepClone() ?? rule!.DeepClone();
        }

        return joined;
    }

    private static IEnumerable<string> Own(JsonObject document, JsonObject rules, JsonNode? value, string place)
    {
        string[] known = ["type", "properties", "required", "additionalProperties", "items", "enum", "const", "format", "pattern", "description", "minimum", "maximum", "maxLength", "minLength", "default", "title"];
        foreach (var (name, _) in rules.Where(pair => !known.Contains(pair.Key)))
        {
            yield return $"{place}: the test does not know {name}";
        }

        var kind = value?.GetValueKind() switch
        {
            null or System.Text.Json.JsonValueKind.Null => "null",
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
            System.Text.Json.JsonValueKind.Number => "integer",
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Array => "array",
            _ => "object",
        };
        if (rules["type"] is { } type && !(type is JsonArray types ? types.Select(item => item!.GetValue<string>()) : [type.GetValue<string>()]).Any(one => one == kind || (one == "number" && kind == "integer")))
        {
            yield return $"{place}: {kind} instead of {type.ToJsonString()}";
            yield break;
        }

        if (rules["const"] is { } only && only.ToJsonString() != value?.ToJsonString())
        {
            yield return $"{place}: not {only.ToJsonString()}";
        }

        if (rules["enum"] is JsonArray names && !names.Any(name => name?.ToJsonString() == value?.ToJsonString()))
        {
            yield return $"{place}: {value?.ToJsonString()} is none of {names.ToJsonString()}";
        }

        if (value is JsonArray list && rules["items"] is { } items)
        {
            foreach (var misfit in list.Index().SelectMany(item => Misfits(document, items, item.Item, $"{place}[{item.Index}]")))
            {
                yield return misfit;
            }
        }

        if (value is not JsonObject members)
        {
            yield break;
        }

        var described = rules["properties"] as JsonObject ?? [];
        foreach (var missing in (rules["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).Where(name => !members.ContainsKey(name)))
        {
            yield return $"{place}: {missing} is missing";
        }

        foreach (var (name, member) in members)
        {
            if (described[name] is { } rule)
            {
                foreach (var misfit in Misfits(document, rule, member, $"{place}.{name}"))
                {
                    yield return misfit;
                }
            }
            else if (rules["additionalProperties"] is JsonValue closed && !closed.GetValue<bool>())
            {
                yield return $"{place}: {name} is not described";
            }
        }
    }
}
