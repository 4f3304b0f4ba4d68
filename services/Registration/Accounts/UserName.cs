using Expo.Kernel.Personal;
using Expo.Registration.Vocabulary;

namespace Expo.Registration.Accounts;

/// <summary>User names: letters a to z, digits, <c>. _ - @</c> and Chinese characters, written wide or narrow, large or small.</summary>
public static class UserName
{
    /// <summary>What a user name may look like as it is typed. Within it, narrow and small is all that NFKC and case folding would do.</summary>
    public const string Pattern = @"^[A-Za-z0-9._@\-\u3400-\u4DBF\u4E00-\u9FFF\uFF0D\uFF0E\uFF10-\uFF19\uFF20-\uFF3A\uFF3F\uFF41-\uFF5A]{4,64}$";

    /// <summary>The one spelling that counts.</summary>
    public static string Normalise(string name) => WideForms.Narrow(name).ToLowerInvariant();

    /// <summary>The account's id: the same name gives the same id, and the id does not give the name away.</summary>
    public static Guid AccountId(this MasterKey master, string name) => master.Fingerprint("username", Normalise(name));
}

/// <summary>How an account's owner signs in; a personal row outside the events.</summary>
public sealed record Credentials(string UserName, PasswordHash Password);
