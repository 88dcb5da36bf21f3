using System.Collections.Frozen;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages.Detection;

/// <summary>The words of both languages, as they are without accents.</summary>
internal static class MoodWords
{
    private const double Clear = 1.2;
    private const double Fair = 0.9;
    private const double Hint = 0.5;

    public static readonly Lexicon Lexicon = new(
        [
            (
                Meaning.Of(MoodKind.Happy, Clear),
                "happy,happier,happiest,happiness,happily,joy,joyful,delighted,cheerful,glad,blissful,bliss,overjoyed,over the moon,in a good mood,made my day,on cloud nine"
            ),
            (
                Meaning.Of(MoodKind.Happy, Clear),
                "feliz,felices,felicidad,content@,alegre,alegres,alegria,alegro,alegra,alegraste,alegrar,alegrarme,dichos@,encantad@,de buen humor,me hace feliz,me alegro"
            ),
            (
                Meaning.Of(MoodKind.Happy, Fair),
                "love,loved,lovely,wonderful,great,enjoy,enjoyed,enjoying,pleased,grateful,thankful,smile,smiles,smiling,laugh,laughs,laughing,laughed,fun,funny,adorable,sweet,beautiful,haha*,hehe*,lol,thank you,thanks,proud,blessed,satisfied,glorious,life is good,feel good,feeling good,good news,good time"
            ),
            (
                Meaning.Of(MoodKind.Happy, Fair),
                "amo,encanta,encantan,encanto,maravill*,genial,disfrut*,satisfech@,agradec*,sonrisa,sonrisas,sonrio,sonrie,sonriendo,reir,rio,rie,riendo,risa,risas,divertid@,diverti*,adorable,dulce,bell@,hermos@,jaja*,jeje*,gracias,orgullos@,placer,me siento bien,buenas noticias,buena noticia,que gusto,que bueno,que bien,me gusta mucho,preciosa,precioso"
            ),
            (
                Meaning.Of(MoodKind.Happy, Hint),
                "good,nice,like,liked,better,best,fine,well,cool,perfect,friend,friends,kind,welcome,win,won,sunny"
            ),
            (
                Meaning.Of(MoodKind.Happy, Hint),
                "bueno,buena,buenos,buenas,bien,bonit@,gusta,gusto,gustan,mejor,lind@,perfect@,amable,gane,gano,ganamos,guap@"
            ),
            (
                Meaning.Of(MoodKind.Sad, Clear),
                "sad,sadder,sadness,sadly,unhappy,depress*,heartbroken,heartbreaking,broken heart,heart broke,broke my heart,lonely,loneliness,miserable,grief,grieving,sorrow,crying,cry,cried,tears,weeping,hopeless,devastated,gloomy,melancholy,down today,feeling down,feel down,feel empty"
            ),
            (
                Meaning.Of(MoodKind.Sad, Clear),
                "triste,tristes,tristeza,infeliz,deprim*,desconsolad@,corazon roto,rompio el corazon,rompio el alma,solitari@,miserable,llorar,lloro,llora,llore,llorando,lagrimas,desesperanza*,desanimad@,decaid@,devastad@,pena,penas,melancoli*,me siento vaci@,abatid@,afligid@"
            ),
            (
                Meaning.Of(MoodKind.Sad, Fair),
                "alone,miss you,i miss,missing you,lost,died,dead,death,hurt,hurts,disappointed,disappointing,disappointment,pity,failure,regret,sorry,goodbye,abandoned,left me,divorce,divorced,funeral,empty,hopelessly,broken"
            ),
            (
                Meaning.Of(MoodKind.Sad, Fair),
                "sol@ sin,sola,extrañ@,echo de menos,te echo de menos,murio,muri@,muerte,fallec*,duele,duelen,dolor,decepcion*,lastima,fracas*,arrepent*,adios,abandon*,me dejo,divorci*,funeral,vaci@,perdi,rot@,hecho polvo,hecha polvo"
            ),
            (
                Meaning.Of(MoodKind.Sad, Hint),
                "bad,worse,grey,gray,tired,nobody,wish,poor,ill,sick,pain,ojala,mal,malo,mala,peor,gris,cansad@,enferm@,nadie"
            ),
            (
                Meaning.Of(MoodKind.Angry, Clear),
                "angry,anger,angrier,furious,fury,rage,enraged,mad at,drives me mad,so mad,hate,hates,hated,pissed,fed up,sick of,outrag*,disgust*,infuriat*,idiot,idiots,stupid,moron,shut up,leave me alone,how dare,livid,bastard,liar,liars,cheater,cheaters,scam,scammer,had enough,had it with"
            ),
            (
                Meaning.Of(MoodKind.Angry, Clear),
                "enojad@,enoj@,enoja,enfadad@,enfad@,enfada,furios@,furia,rabia,ira,odio,odia,odias,cabread@,cabrea,hart@,indign*,asco,asqueros@,idiota,idiotas,imbecil*,estupid@,tont@ de,callate,dejame en paz,como te atreves,mentiros@,trampos@,estafa*,saca de quicio,hasta las narices,basta,falta de respeto,no lo soporto,no la soporto,no te soporto,no soporto"
            ),
            (
                Meaning.Of(MoodKind.Angry, Fair),
                "mad,annoy*,irritat*,lying,lied,lie to me,unfair,unacceptable,ridiculous,nonsense,refund,stole,stealing,thief,ignore me,cant stand,can not stand,terrible service,worst,are you kidding,kidding me,never again,broke your promise,disrespect*,rude,useless"
            ),
            (
                Meaning.Of(MoodKind.Angry, Fair),
                "molest@,molesta,molestan,molestad@,irrit*,miente,mientes,mentir,mentirme,injust@,inaceptable,ridicul@,tonteria*,reembolso,robaste,robaron,robo,ladron*,me ignoras,me ignores,pesimo,pesima,el peor,la peor,tomando el pelo,nunca mas,grosero,grosera,inutil"
            ),
            (
                Meaning.Of(MoodKind.Excited, Clear),
                "excited,exciting,excitement,thrilled,thrilling,hyped,pumped,stoked,cant wait,can not wait,cannot wait,looking forward,woohoo,yay,yippee,lets go,omg,wow,oh my god,eager,counting the days,counting the hours,on fire"
            ),
            (
                Meaning.Of(MoodKind.Excited, Clear),
                "emocionad@,emocion,emocionante,entusiasm*,ilusion,ilusionad@,no puedo esperar,que ganas,muchas ganas,con ganas,yuju,yupi,viva,dios mio,guau,estoy deseando,ansio,vamos,a tope,contando los dias,contando los minutos"
            ),
            (
                Meaning.Of(MoodKind.Excited, Fair),
                "amazing,awesome,epic,incredible,unbelievable,fantastic,finally,guess what,ready for this,surprise,celebrat*,party,believe it,adventure"
            ),
            (
                Meaning.Of(MoodKind.Excited, Fair),
                "increible,epic@,impresionante,alucin*,fantastic@,por fin,adivina que,sorpresa,celebr*,fiesta,te lo puedes creer,espectacular,aventura"
            ),
            (
                Meaning.Of(MoodKind.Anxious, Clear),
                "anxious,anxiety,nervous,worried,worry,worries,worrying,afraid,scared,scary,terrified,panic,panick*,panicking,stressed,stress,stressful,dread,dreading,frighten*,fear,uneasy,overwhelmed,tense,restless,on edge"
            ),
            (
                Meaning.Of(MoodKind.Anxious, Clear),
                "ansios@,ansiedad,nervios@,nervios,preocupad@,preocup@,preocupa,preocuparme,miedo,asustad@,asusta,aterra,aterrad@,aterrorizad@,panico,pavor,temor,temo,estresad@,estres,agobiad@,agobi@,agobia,tens@,inquiet@,angusti*,intranquil@"
            ),
            (
                Meaning.Of(MoodKind.Anxious, Fair),
                "what if,cant sleep,can not sleep,cant breathe,shaking,trembling,pressure,something bad,goes wrong,go wrong,not safe,y si,no puedo dormir,tiemblan,temblando,presion,algo malo,salga mal,falta el aire,un nudo en,no puedo respirar,deadlines"
            ),
            (Meaning.Calm, "calm,relaxed,peaceful,safe,tranquil@,relajad@,calmad@,segura,seguro,en paz"),
        ],
        [
            (
                1.4,
                "very,so,really,extremely,totally,absolutely,super,too,such,incredibly,truly,muy,tan,mucho,mucha,muchisim@,sumamente,re,bien de,demasiado,realmente,totalmente,mas"
            ),
            (
                0.7,
                "a little,a bit,little,slightly,somewhat,kind of,sort of,quite,un poco,un poquito,poco,algo,bastante,medio"
            ),
        ],
        // These deny nothing, whatever they begin with, or are no word of a mood within a phrase.
        "cant stop,can not stop,couldnt be,could not be,no puedo parar de,no puedo dejar de,no dejo de,no podria estar mas,no podria ser mas,not only,no solo,for nothing,well well,of course,at least,as well,would like,id like,look like,looks like,do you like,what do you like,good morning,good night,good evening,buenos dias,buenas noches,buenas tardes,best regards,o mejor,a lo mejor,mas bien,tambien,dont know,i dont know whether,dont know if,no se,no se si"
    );

    public static readonly FrozenDictionary<string, Meaning> Emoji = Pictures(
        (
            Meaning.Of(MoodKind.Happy, Fair),
            "😊 🙂 😀 😃 😄 😁 😆 😍 🥰 😘 😇 😂 🤣 ☺ 😌 😎 👍 💛 💚 💙 💜 ❤ 💕 💖 😻 🤗 :) :-) :d :-d =) xd <3 ^^"
        ),
        (Meaning.Of(MoodKind.Sad, Clear), "😢 😭 😞 😔 ☹ 🙁 💔 😿 😥 🥺 :( :-( :'( =("),
        (Meaning.Of(MoodKind.Angry, Clear), "😡 😠 🤬 👿 💢 😤 🖕 >:("),
        (Meaning.Of(MoodKind.Excited, Clear), "🎉 🤩 🥳 🔥 🚀 ✨ 🙌 🎊"),
        (Meaning.Of(MoodKind.Anxious, Clear), "😰 😨 😱 😟 😬 😧 😓 😖")
    );

    /// <summary>After one of these a word says the opposite, or nothing.</summary>
    public static readonly FrozenSet<string> Denials = Set(
        "not,no,never,without,dont,doesnt,didnt,isnt,arent,wasnt,werent,aint,wont,cant,cannot,couldnt,wouldnt,havent,hasnt,hardly,nor,nunca,jamas,sin,ni,tampoco,nada"
    );

    /// <summary>"Never so happy" denies nothing.</summary>
    public static readonly FrozenSet<string> Nevers = Set("never,nunca,jamas");

    /// <summary>A thought turns here: what was denied before is not denied after.</summary>
    public static readonly FrozenSet<string> Turns = Set("but,yet,however,and,pero,sino,aunque,y");

    /// <summary>What everybody says in any mood.</summary>
    public static readonly FrozenSet<string> Plain = Set(
        "the,a,an,and,or,but,of,to,in,on,at,for,from,with,by,about,is,are,was,were,be,been,am,im,it,its,this,that,there,here,i,you,he,she,we,they,my,your,his,her,our,their,me,him,us,them,do,does,did,have,has,had,will,would,can,could,should,what,where,when,who,how,why,which,not,no,yes,if,then,than,as,so,up,out,into,until,before,after,one,two,three,four,five,six,seven,eight,nine,ten,time,day,week,month,year,years,today,tomorrow,yesterday,morning,afternoon,evening,night,monday,tuesday,wednesday,thursday,friday,saturday,sunday,go,going,come,take,takes,make,need,want,send,write,read,buy,call,work,works,live,open,opens,house,home,office,room,name,number,new,old,left,right,please,some,any,all,more,other,usually,always,often,much,many,near,next,last,first,second"
            + ",el,la,los,las,un,una,unos,unas,y,o,pero,de,del,a,al,en,con,por,para,sin,sobre,es,son,era,fue,ser,estar,estoy,esta,estan,este,esto,ese,eso,hay,aqui,alli,alla,yo,tu,ella,nosotros,ellos,mi,mis,su,sus,me,te,se,le,lo,nos,les,que,donde,cuando,quien,como,cual,cuanto,cuantos,cuantas,no,si,ya,muy,mas,hasta,desde,antes,despues,dos,tres,cuatro,cinco,seis,siete,ocho,nueve,diez,hora,horas,dia,semana,mes,ano,año,años,hoy,mañana,ayer,tarde,noche,mediodia,lunes,martes,miercoles,jueves,viernes,sabado,domingo,voy,va,vamos,tengo,tiene,tienes,hace,hacer,puede,puedes,puedo,quiero,comprar,mandar,escribe,leo,leer,llamar,trabajo,trabaja,vivo,vive,abre,casa,oficina,sala,nombre,numero,nuevo,nueva,otro,otra,favor,cerca,proximo,ultima,primera,segunda,izquierda,derecha,normalmente,siempre"
    );

    private static FrozenSet<string> Set(string words) => Lexicon.Entries(words).ToFrozenSet();

    private static FrozenDictionary<string, Meaning> Pictures(params (Meaning Meaning, string All)[] rows) =>
        rows.SelectMany(static row => row.All.Split(' ').Select(one => (one, row.Meaning)))
            .ToFrozenDictionary(static pair => pair.one, static pair => pair.Meaning);
}
